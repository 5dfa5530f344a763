"""A small handbook to test with, made of nothing but what each test names."""

from pathlib import Path

from sendbook.campus import shipped
from sendbook.handbook.edition import EDITIONS, SourcePage, source_page
from sendbook.handbook.engine import EngineSettings
from sendbook.handbook.folder import front_matter_schema
from sendbook.handbook.macros import MacroValues
from sendbook.pages.macro import SaidByMacro
from sendbook.site.macro_values import MACROS_OF_KINDS

SCHEMA = front_matter_schema(shipped.schemas())
VALUES = MacroValues(
    campus={"name": "Larkfield Campus"},
    terms={"spring": "6 January to 25 March 2027"},
    people={"senco": {"name": "Mrs Okonjo", "email": "senco@larkfield.example", "job_title": "SENDCo"}},
    of_kinds={macro.name: SaidByMacro(macro=macro, texts={}) for macro in MACROS_OF_KINDS},
)
EVERY = dict.fromkeys(EDITIONS, VALUES)
FRONT = {
    "id": "roles",
    "title": "Roles",
    "summary": "Who does what.",
    "section": 2,
    "editions": ["family", "staff"],
    "version": "1.0",
    "owner": "senco",
    "approved_on": "2026-09-01",
    "review_by": "2027-08-31",
}


def page(body: str, path: str = "02-roles.md", **front: object) -> SourcePage:
    """A page with this body; its front matter as above but for what is named."""
    stem = path.removesuffix(".md").lstrip("0123456789-") or "page"
    return source_page(path, {**FRONT, "id": stem, **front}, body, 12)


def settings(theme: Path | None = None) -> EngineSettings:
    """Settings with the shipped theme and styles."""
    templates = shipped.site_templates()
    return EngineSettings(
        site_name="SEND at Larkfield",
        theme=theme or templates / "theme",
        styles=tuple(sorted((templates / "styles").glob("*.css"), key=lambda style: style.stem != "sendbook")),
    )


def write(root: Path, name: str, body: str = "# Roles\n\nText.\n", **front: object) -> Path:
    """A page as a file in ``root/handbook``."""
    facts = {**FRONT, "id": name.removesuffix(".md").split("/")[-1].lstrip("0123456789-"), **front}
    lines = [f"{key}: {_yaml(value)}" for key, value in facts.items() if value is not None]
    path = root / "handbook" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["---", *lines, "---", "", body]), encoding="utf-8")
    return path


def _yaml(value: object) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)
