"""How a command, and a group of them, shows its help."""

from __future__ import annotations

import click

from sendbook.cli.stopping import stopped


class Command(click.Command):
    """Shows its whole help in the list of commands: cut off, it would say half of what it does."""

    def get_short_help_str(self, limit: int = 0) -> str:  # noqa: ARG002 - click's
        return self.help or ""


class Group(click.Group):
    """The same for a command that has commands of its own; stopping by hand ends it in one line."""

    command_class = Command
    group_class = type

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, EOFError) as why:
            stopped(why, ctx.invoked_subcommand or "")

    def get_short_help_str(self, limit: int = 0) -> str:  # noqa: ARG002 - click's
        return self.help or ""
