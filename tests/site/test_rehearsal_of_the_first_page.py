"""A campus's own template of the public's first page is tried on the campus's own values, as its others are."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.site.build.inspection import inspect
from tests.checks_kit import tiny_campus
from tests.conftest import ON

FIRST_PAGE = "site_templates/own/public.html"


@pytest.mark.parametrize(
    ("template", "fails"),
    [
        ("{% for what, person in people %}{{ nowhere }}{% endfor %}", True),
        ("{% for page in handbook %}{{ nowhere }}{% endfor %}", True),
        ("{% for what, person in people %}{{ person.name }}{% endfor %}", False),
    ],
    ids=["people", "pages", "sound"],
)
def test_the_public_s_first_page_is_tried_with_whom_to_ask_and_with_a_page(
    tmp_path: Path, registry: SchemaRegistry, template: str, fails: bool
) -> None:
    root = tiny_campus(tmp_path)
    own = root / FIRST_PAGE
    own.parent.mkdir(parents=True)
    own.write_text(f"<h1>{{{{ name }}}}</h1>{template}\n", encoding="utf-8")
    found = inspect(CampusFolder(root, registry), ON)
    assert [one.path for one in found if one.code == "template"] == [FIRST_PAGE] * fails
