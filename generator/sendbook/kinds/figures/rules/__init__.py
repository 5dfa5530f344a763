"""The rules about released figures, one module a subject."""
