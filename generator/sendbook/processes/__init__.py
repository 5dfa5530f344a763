"""Starts the processes of `sendbook serve`, starts them again, ends them together, and confines them."""
