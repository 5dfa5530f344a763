"""What is wrong with a campus's own template is one sentence in our words, with the file and the line."""

from __future__ import annotations

import pytest
from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from sendbook.errors import TemplateError
from sendbook.pages.sandbox import LimitError
from sendbook.pages.template_faults import (
    Fault,
    fault_in_reading,
    fault_in_rendering,
    packed,
    unpacked,
)

PAGE = "pages/mine.html"


@pytest.mark.parametrize(
    ("error", "line", "said"),
    [
        (TemplateSyntaxError("unexpected 'end'", 3), 3, "unexpected 'end'."),
        (TemplateSyntaxError("", 3), 3, "it is not one Jinja2 can read."),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "Aaron"), 0, "it is not text in UTF-8."),
        (TemplateError("It is too long."), 0, "It is too long."),
        (LimitError("it goes on and on."), 0, "it goes on and on."),
        (RecursionError("Aaron"), 0, "it calls itself without end."),
        (TemplateNotFound("Aaron"), 0, "it asks for a template that isn't there."),
        (UndefinedError("'nmae' is undefined"), 0, "it asks for nmae, which isn't there."),
        (UndefinedError("'Aaron Small' is undefined"), 0, "it asks for a value that isn't there."),
        (TypeError("Aaron"), 0, "it uses a value, a filter or a component in a way that doesn't fit."),
        (ZeroDivisionError("Aaron"), 0, "it calculates something that has no result."),
        (SecurityError("Aaron"), 0, "it does something that a page template may not do."),
        (KeyError("Aaron"), 0, "what it does with a value doesn't work (KeyError)."),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_what_is_wrong_is_said_in_our_words_and_in_none_of_a_record(error: Exception, line: int, said: str) -> None:
    fault = fault_in_reading(PAGE, error)
    assert (fault.name, fault.line, fault.said) == (PAGE, line, said)


def test_a_fault_is_a_problem_with_its_file_and_line() -> None:
    problem = Fault(name=PAGE, line=3, said="it calls itself without end.").problem()
    assert (problem.code, problem.path, problem.line, problem.column) == ("template", f"site_templates/{PAGE}", 3, 1)
    assert problem.message == f"The template {PAGE} can't be used: it calls itself without end."
    whole = Fault(name="", said="Our template a can't be used with your components.").problem()
    assert (whole.path, whole.line, whole.column) == ("site_templates", None, None)
    assert whole.message == "Our template a can't be used with your components."


def test_only_a_template_of_the_campus_s_own_is_at_fault() -> None:
    error = ZeroDivisionError()
    assert fault_in_rendering(PAGE, error, {PAGE}) == Fault(name=PAGE, said=fault_in_reading(PAGE, error).said)
    assert fault_in_rendering(PAGE, error, {"pages/other.html"}) is None
    with_parts = fault_in_rendering(PAGE, error, {"components/card.html"})
    assert with_parts == Fault(name="", said=f"Our template {PAGE} can't be used with your components.")


def test_faults_are_the_same_again_after_they_were_put_away() -> None:
    faults = {Fault(name="b.html", line=2, said="Später."), Fault(name="a.html", said="First.")}
    kept = packed(faults)
    assert kept is not None
    assert list(unpacked(kept)) == sorted(faults)
    assert packed(()) is None
    assert list(unpacked(None)) == []
