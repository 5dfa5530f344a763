"""What may be put before everybody: whether it is sound, and its files.

Only the public edition, the campus's own facts and its contacts go in; no student's record is looked at here. A mistake
in a student's plan does not hold a new report up; one in what the public pages and their rules rest on does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sendbook.campus.folder import CampusFolder, Loaded
from sendbook.campus.links import Links
from sendbook.campus.records import Campus
from sendbook.checks.finding import Finding, Severity, from_problem, has_errors, in_order
from sendbook.checks.runner import Checker, where_in
from sendbook.documents.press import Press
from sendbook.handbook.built import Edition
from sendbook.handbook.engine import build_edition
from sendbook.handbook.plain_folder import plain_files
from sendbook.handbook.print_pages import page_documents, paper_of, with_links
from sendbook.handbook.public_home import PUBLIC_TEMPLATE, PublicPage, public_home
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.pages.template_engine import COMPONENTS
from sendbook.pages.template_faults import Noting
from sendbook.pages.templates import Renders, Templates
from sendbook.site.build.handbook_findings import handbook_findings
from sendbook.site.build.handbook_site import engine_settings
from sendbook.site.build.print_trial import faults_in_print
from sendbook.site.build.public_sound import PublicMaterial
from sendbook.site.macro_values import macro_values

_MADE_OF = ("handbook/", "mkdocs.yml", "records/campus.yml", "records/accessibility-plan.yml", "records/figures/")


def public_findings(folder: CampusFolder, loaded: Loaded, on: date) -> tuple[Finding, ...]:
    """Finds what is wrong with what public pages rest on: the handbook, and all records that are of no student.

    Of warnings only those about the public pages are told.

    A record that can't be read is among it whatever it is about: nobody knows then whose name to look for.
    """
    campus = loaded.campus
    unread = frozenset(problem.path for problem in loaded.problems)
    findings = [from_problem(problem) for problem in loaded.problems]
    checker = Checker(
        shared=campus.shared,
        links=Links.of(campus, unread=unread),
        where=where_in(folder),
        on=on,
        rules=RULE_BOOK,
    )
    findings += checker.of_shared()
    findings += handbook_findings(folder, campus.shared, on, sound=not has_errors(findings))
    return in_order(
        one
        for one in findings
        if _is_of_the_public(one)
        and (one.severity is Severity.ERROR or one.path.startswith(_MADE_OF) or one.path in unread)
    )


def _is_of_the_public(finding: Finding) -> bool:
    """Whether a public page may rest on it: of a student's records only the one that holds the name is looked at."""
    return not finding.path.startswith("records/students/") or finding.path.endswith("/student.yml")


def public_files(
    material: PublicMaterial, on: date, cache: Path, papers: Mapping[str, bytes], templates: Renders
) -> dict[str, bytes]:
    """Returns the public edition's files, by path; ``papers`` are its PDFs by the address of the page each prints."""
    campus = material.campus
    edition = with_links(_edition(material, on, cache), papers)
    pages = [
        PublicPage(title=page.title, url=url, summary=page.summary, document=page.document)
        for url, page in edition.pages.items()
    ]
    home = public_home(
        macro_values(campus, on, "public"),
        pages,
        templates,
        papers={url: paper_of(url) for url in papers},
        sign_in=False,
    )
    return plain_files(edition, home, {paper_of(url): content for url, content in papers.items()})


def template_findings(
    templates: Templates, noted: Noting, press: Press, documents: Iterable[bytes]
) -> tuple[Finding, ...]:
    """Finds what is wrong with the campus's own templates of the public edition: ours was used for these."""
    known = {one for one in templates.faults if one.name.startswith((PUBLIC_TEMPLATE, COMPONENTS)) or not one.name}
    found = known | noted.faults | faults_in_print(press, documents)
    return tuple(from_problem(one.problem()) for one in sorted(found))


def public_documents(material: PublicMaterial, on: date) -> dict[str, bytes]:
    """Returns what the public edition's PDFs are printed from, by the address of the page each prints."""
    return page_documents(material.handbook.pages, "public", macro_values(material.campus, on, "public"))


def _edition(material: PublicMaterial, on: date, cache: Path) -> Edition:
    campus, read = material.campus, material.handbook
    place = _place(campus)
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    return build_edition(
        read.pages,
        "public",
        values=macro_values(campus, on, "public"),
        settings=engine_settings(str(place["name"]), synthetic=bool(place.get("synthetic"))),
        cache=cache,
        files=read.files,
    )


def _place(campus: Campus) -> Mapping[str, Any]:
    record = campus.get("campus")
    return record.data if record else {}
