"""The macro of released figures: ``{{ figure("send") }}`` is one that anyone may read, ``.date`` its day."""

from __future__ import annotations

from sendbook.figures.release import approved
from sendbook.figures.saying import said_in_public
from sendbook.figures.settings import FigureSettings
from sendbook.kinds.figures import FIGURES
from sendbook.pages.macro import Macro, MacroSources, Texts


def _says(sources: MacroSources) -> Texts:
    releases = approved(sources.records.of_kind(FIGURES))
    return said_in_public([release.data for release in releases], FigureSettings.of(sources.place))


FIGURE = Macro(
    name="figure",
    says=_says,
    attributes=True,
    none_yet="No figure has been released yet: sendbook figures compute, then sendbook figures approve. "
    "Until then write the sentence without it.",
    unknown="Others can't be used on a handbook page.",
    known="Released for everyone",
    example='figure("send")',
)
