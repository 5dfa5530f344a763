"""How git is asked for the versions of files, and how its answer is read, so that no setting can bend either."""

from __future__ import annotations

from collections.abc import Iterator

#: First parents only: the campus as it stood, commit after commit.
LOG = (
    *("log", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-color", "--no-show-signature", "--relative"),
    *("--first-parent", "--diff-merges=first-parent", "--reverse", "--date=short", "--no-mailmap"),
    "--format=%x01%H%x20%cd%x20%ae",
)


def parsed_log(log: bytes) -> Iterator[tuple[str, str, str, str]]:
    """Returns commit, its clock's day, path and blob of each change in the output of ``git log``.

    Each commit begins with no path, and its author's address. Which day a commit counts from is decided in `days`.
    """
    tokens = iter(log.decode("utf-8", "surrogateescape").split("\0"))
    commit, day = "", ""
    for token in tokens:
        said = token.removeprefix("\n")
        if said.startswith("\x01"):
            commit, day, author = said[1:].split(" ", 2)
            yield commit, day, "", author.encode("utf-8", "replace").decode().strip().lower()
        elif said.startswith(":"):
            _, mode, _, blob, _ = said.split(" ")
            plain = mode in ("100644", "100755")  # a link is not followed, now or then
            yield commit, day, next(tokens), blob if plain else ""
