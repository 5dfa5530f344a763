"""The rules about the student's own record, one module a subject."""
