"""The rules about the accessibility plan, one module a subject."""
