"""F-64: a case opens with what it comes to, and many facts stand by what they are about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from engine.cli.pages.fact_groups import fact_lines, heart_lines
from engine.cli.pages.wording import ContentWords
from engine.core.deciding.case import ENGINE
from engine.views.case_view import CaseView, Purpose, Reader, view_case
from tests.core.decisions.garden import FITS, KEEPER, garden

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)


def seen(*heart: str, purpose: Purpose = Purpose.HANDLING, secret: str = "") -> CaseView:
    """A garden for which more was said, in which these facts are the heart."""
    plot = garden("2026-03-02")
    plot.record({name: value for name, value in FITS.items() if name != "buur.naam"}, KEEPER, NOW)
    question = plot.asked(plot.case, ENGINE, NOW)
    content = replace(question.content, workflow=replace(question.content.workflow, heart=heart))
    if secret:
        facts = content.rules.facts
        hidden = {**facts, secret: replace(facts[secret], special_category=True)}
        content = replace(content, rules=replace(content.rules, facts=hidden))
    return view_case(Reader(purpose=purpose), replace(question, content=content), children=(), letters=())


def test_the_heart_is_what_the_content_names_where_it_is_known() -> None:
    view = seen("tuinder.naam", "plan", "uitleg")
    assert heart_lines(ContentWords(view.content), view)[:2] == ["", "Kern"]
    assert [line.rpartition("[")[2] for line in heart_lines(ContentWords(view.content), view)[2:]] == [
        "tuinder.naam]", "plan]",
    ]  # fmt: skip
    assert heart_lines(ContentWords(view.content), seen()) == []


@pytest.mark.parametrize(("purpose", "is_shown"), [(Purpose.HANDLING, False), (Purpose.HANDING_OVER, True)])
def test_a_special_category_stays_hidden_in_the_heart_too(purpose: Purpose, is_shown: bool) -> None:
    view = seen("plan", purpose=purpose, secret="plan")
    (line,) = heart_lines(ContentWords(view.content), view)[2:]
    assert ("dahlia" in line) == is_shown


def test_few_facts_need_no_headings_and_many_stand_by_what_they_are_about() -> None:
    view = seen()
    words = ContentWords(view.content)
    assert len(view.facts) <= 8, "else this shows nothing"
    assert all("[" in line for line in fact_lines(words, view))
    many = replace(view, facts=tuple(replace(one, fact=f"{one.fact}{'' if '.' in one.fact else f'.{place}'}")
                                     for place in range(3) for one in view.facts))  # fmt: skip
    lines = fact_lines(words, many)
    headings = [line.strip() for line in lines if "[" not in line]
    assert "Tuinder" in headings
    assert len(headings) == len(set(headings)), "each heading once"
    assert sum("[" in line for line in lines) == len(many.facts)
