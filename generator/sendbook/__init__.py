"""sendbook: a campus's SEND work as plain files in git, and the private site made from them."""

__version__ = "0.1.0"
