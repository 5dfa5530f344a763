"""What is special about the kind `figures`, put together."""

from __future__ import annotations

from sendbook.kinds.figures import FIGURES
from sendbook.kinds.figures.figure_macro import FIGURE
from sendbook.kinds.figures.figure_pages import RELEASED_FIGURES
from sendbook.kinds.figures.rules.book import RULES
from sendbook.kinds.kind_of_record import KindOfRecord

FIGURES_KIND = KindOfRecord(name=FIGURES, rules=RULES, campus_pages=(RELEASED_FIGURES,), macros=(FIGURE,))
