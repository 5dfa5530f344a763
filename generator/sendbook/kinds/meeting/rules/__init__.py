"""The rules about meetings, one module a subject."""
