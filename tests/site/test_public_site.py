"""Of a campus's own templates the public edition is concerned by those it is made with, and by no other."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from sendbook.handbook.public_home import PUBLIC_TEMPLATE
from sendbook.pages.template_faults import Fault, Noting
from sendbook.site.build.public_site import template_findings


def test_faults_of_the_public_page_of_components_and_of_all_are_found() -> None:
    names = (PUBLIC_TEMPLATE, "components/card.html", "", "sections/table.html", "own/child.html")
    templates: Any = SimpleNamespace(faults=tuple(Fault(name=name, said=f"{name} fails.") for name in names))
    press: Any = SimpleNamespace(own_digest="")
    noted = Noting(templates)
    noted.faults.add(Fault(name="theme/page.html", said="theme fails."))
    found = template_findings(templates, noted, press, ())
    assert [one.path for one in found] == [
        "site_templates",
        "site_templates/components/card.html",
        f"site_templates/{PUBLIC_TEMPLATE}",
        "site_templates/theme/page.html",
    ]
