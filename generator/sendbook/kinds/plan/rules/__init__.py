"""The rules about plans, their targets, their provision and their changes, one module a subject."""
