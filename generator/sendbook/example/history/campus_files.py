"""The example campus in memory, taken back in time edit by edit: its files by path, its records as data."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.strict_yaml import parse
from sendbook.campus.terms import Terms
from sendbook.campus.writer import dump, rewrite
from sendbook.errors import ExampleError

_FOLDERS = ("records", "handbook")
_SINGLE = ("mkdocs.yml",)


class CampusFiles:
    """Files by path. Records changed through `data` and `write` come out in canonical form, with their comments."""

    def __init__(self, files: dict[str, bytes], registry: SchemaRegistry) -> None:
        self.files = files
        self._registry = registry
        self._data: dict[str, dict[str, Any]] = {}
        self._touched: set[str] = set()
        # Terms do not change within the term that is told.
        self.terms = Terms.from_campus(self.data("campus"))

    @classmethod
    def read(cls, root: Path, registry: SchemaRegistry) -> CampusFiles:
        """The campus in a folder: its records, its handbook and the handbook's configuration."""
        files = {
            path.relative_to(root).as_posix(): path.read_bytes()
            for folder in _FOLDERS
            for path in sorted((root / folder).rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }
        files |= {name: (root / name).read_bytes() for name in _SINGLE if (root / name).is_file()}
        return cls(files, registry)

    def taken_touched(self) -> set[str]:
        """The paths changed since this was last asked."""
        touched, self._touched = self._touched, set()
        return touched

    def has(self, record: str) -> bool:
        """Whether there is such a record."""
        return path_of(record) in self.files

    def data(self, record: str) -> dict[str, Any]:
        """A record's data, to be changed in place and then handed to `write`."""
        path = path_of(record)
        if path not in self._data:
            if path not in self.files:
                raise ExampleError(f"there is no record {record}")
            parsed = parse(self.files[path], path).data
            if parsed is None:
                raise ExampleError(f"the record {record} can't be read")
            self._data[path] = deepcopy(parsed)
        return self._data[path]

    def write(self, record: str, data: dict[str, Any]) -> None:
        """Puts a record's data in place of what it was, or next to the others if there was none."""
        path = path_of(record)
        kind, before = self._kind(record), self.files.get(path)
        with_comments = before is not None and b"#" in before
        self._put(path, rewrite(before, data, kind) if before and with_comments else dump(data, kind))
        self._data[path] = data

    def remove(self, record: str) -> None:
        """Takes a record away."""
        path = path_of(record)
        if path not in self.files:
            raise ExampleError(f"there is no record {record}")
        del self.files[path]
        self._data.pop(path, None)
        self._touched.add(path)

    def page(self, path: str) -> str:
        """The text of a handbook page."""
        if path not in self.files:
            raise ExampleError(f"there is no page {path}")
        return self.files[path].decode()

    def write_page(self, path: str, text: str) -> None:
        """Puts a page's text in place of what it was."""
        self._put(path, text.encode())

    def students(self, first_year: int, last_year: int) -> Iterator[str]:
        """Students in these year groups, in the order of their ids."""
        for path in sorted(self.files):
            folder, _, name = path.removeprefix("records/").rpartition("/")
            if name == "student.yml" and first_year <= int(self.data(f"{folder}/student")["year_group"]) <= last_year:
                yield folder.removeprefix("students/")

    def meetings(self, student: str) -> list[str]:
        """A student's meeting records."""
        start = f"records/students/{student}/meetings/"
        return [
            path.removeprefix("records/").removesuffix(".yml") for path in sorted(self.files) if path.startswith(start)
        ]

    def dated(self, student: str) -> list[tuple[str, str]]:
        """A student's records of kinds whose records are of a day, as their schemas say, each with its day."""
        start = f"records/students/{student}/"
        found = []
        for path in sorted(path for path in self.files if path.startswith(start)):
            record = path.removeprefix("records/").removesuffix(".yml")
            of_day = self._kind(record).traits.day_of(self.data(record))
            if of_day:
                found.append((record, of_day))
        return found

    def _put(self, path: str, content: bytes) -> None:
        if self.files.get(path) != content:
            self.files[path] = content
            self._touched.add(path)

    def _kind(self, record: str) -> Kind:
        match = self._registry.match(f"{record}.yml")
        if match is None:
            raise ExampleError(f"there is no place for a record {record}")
        return match.kind


def path_of(record: str) -> str:
    """The file of a record, such as ``students/7NVF/plan``."""
    return f"records/{record}.yml"
