"""Makes the git repository of the example's term: the same commits, byte for byte, on every machine."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pygit2

from sendbook.campus.schemas import SchemaRegistry
from sendbook.errors import ExampleError
from sendbook.example.history.campus_files import CampusFiles
from sendbook.example.history.term import Commit, term

_BRANCH = "refs/heads/main"


def make_repository(example: Path, folder: Path, registry: SchemaRegistry) -> str:
    """Makes the repository in a folder that does not exist yet; answers the id of its last commit.

    Raises ExampleError if the term as told no longer fits the records of the example.
    """
    campus = CampusFiles.read(example, registry)
    told = term()
    signatures = {commit.by: _signature_of(campus, commit.by) for commit in told}
    repository = pygit2.init_repository(folder, initial_head="main")
    # The files are the records, byte for byte, whatever the user's own settings say about ends of lines.
    repository.config["core.autocrlf"] = "false"
    parents: list[pygit2.Oid] = []
    for commit, tree in zip(told, _trees(repository, campus, told), strict=True):
        offset = commit.at.utcoffset()
        minutes = int(offset.total_seconds()) // 60 if offset else 0
        who = pygit2.Signature(*signatures[commit.by], int(commit.at.timestamp()), minutes)
        parents = [repository.create_commit(_BRANCH, who, who, commit.subject + "\n", tree, parents)]
    repository.checkout_head(strategy=pygit2.enums.CheckoutStrategy.FORCE)  # type: ignore[no-untyped-call]
    return str(parents[0])


def digest_of_inputs(example: Path, registry: SchemaRegistry) -> str:
    """Changes whenever the repository would: with the example, the term as told, a schema, or how it is made."""
    digest = hashlib.sha256(registry.digest.encode())
    here = Path(__file__).parent
    code = [*here.glob("*.py"), *here.glob("*.yml"), here.parent.parent / "campus" / "writer.py"]
    files = CampusFiles.read(example, registry).files
    for name, content in [*sorted(files.items()), *((path.name, path.read_bytes()) for path in sorted(code))]:
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def is_untouched(folder: Path, last: str) -> bool:
    """Whether a repository made here is still as it was made: nobody has edited a file or committed."""
    try:
        repository = pygit2.Repository(folder)
        return str(repository.head.target) == last and not repository.status()
    except (pygit2.GitError, KeyError):
        return False


def _signature_of(campus: CampusFiles, person: str) -> tuple[str, str]:
    record = campus.data(f"people/{person}")
    try:
        return record["name"]["full"], record["staff"]["email"]
    except KeyError as error:
        raise ExampleError(f"{person} writes in the example's history, and is no member of staff.") from error


def _trees(repository: pygit2.Repository, campus: CampusFiles, told: tuple[Commit, ...]) -> list[pygit2.Oid]:
    """The tree of each commit, found from the last one backwards."""
    index = pygit2.Index()
    for path, content in campus.files.items():
        _enter(repository, index, path, content)
    trees: list[pygit2.Oid] = [index.write_tree(repository)]
    for commit in reversed(told[1:]):
        commit.undo(campus)
        for path in campus.taken_touched():
            if path in campus.files:
                _enter(repository, index, path, campus.files[path])
            elif path in index:
                index.remove(path)
        trees.append(index.write_tree(repository))
        if trees[-1] == trees[-2]:
            raise ExampleError(
                f"The example's history no longer fits its records: commit of {commit.at:%Y-%m-%d %H:%M} "
                f"“{commit.subject}” changes nothing."
            )
    return trees[::-1]


def _enter(repository: pygit2.Repository, index: pygit2.Index, path: str, content: bytes) -> None:
    index.add(pygit2.IndexEntry(path, repository.create_blob(content), pygit2.enums.FileMode.BLOB))
