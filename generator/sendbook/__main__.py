"""Where ``sendbook`` and ``python -m sendbook`` begin.

Stopping by hand is quiet from the first moment on: reading in the modules takes a good part of a short command's time.
"""

from __future__ import annotations


def main() -> None:
    """Runs the command."""
    try:
        from sendbook.cli.main import main as command

        command()
    except KeyboardInterrupt as why:
        from sendbook.cli.stopping import stopped

        stopped(why)
    finally:
        import signal

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done and said; leaving takes a moment


if __name__ == "__main__":
    main()
