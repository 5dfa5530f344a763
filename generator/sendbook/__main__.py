"""Lets ``python -m sendbook`` do what the ``sendbook`` command does."""

from sendbook.cli.main import main

if __name__ == "__main__":
    main()
