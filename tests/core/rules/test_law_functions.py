"""What content may ask of the law of the clock: in time or late, and what a late body owes (dossier 4.4 and 4.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from engine.core.content.organisation import Organisation, School
from engine.core.evaluation.expressions import Surroundings, evaluate_expression
from engine.core.language.conditions import Compute, Expression, FactRef, Literal
from engine.core.language.facts import Value
from engine.core.legal_clock.calendar import Calendar
from engine.core.moment import LOCAL_ZONE

AROUND = Surroundings(calendar=Calendar(loaded_years=frozenset(range(2020, 2030))), fact_rules={}, term_lengths={})
LAST_DAY = date(2026, 4, 7)


def ask(function: str, **arguments: Value | None) -> Value | None:
    """The answer when each argument comes from a fact; None stands for a fact that is not known."""
    literal = {"grace"}
    parts: list[tuple[str, Expression]] = [
        (name, Literal(value=value) if name in literal and value is not None else FactRef(fact=name))
        for name, value in arguments.items()
    ]
    return evaluate_expression(Compute(function=function, arguments=tuple(parts)), arguments.get, AROUND)


@pytest.mark.parametrize(
    ("posted", "received", "answer"),
    [
        (date(2026, 4, 7), date(2026, 4, 14), True),
        (date(2026, 4, 7), date(2026, 4, 15), False),
        (date(2026, 4, 8), date(2026, 4, 9), False),
        (None, date(2026, 4, 7), True),
        (None, date(2026, 4, 8), None),
        (None, date(2026, 4, 14), None),
        (None, date(2026, 4, 15), False),
        (date(2026, 4, 9), date(2026, 4, 8), False),
        (date(2026, 4, 1), None, None),
    ],
    ids=[
        "posted in time, within a week", "posted in time, after a week", "posted late", "in on the last day",
        "the day of posting matters", "it matters up to the last day of the week", "too late whatever happened",
        "posted after it came in: only the receipt counts", "not known when it came in",
    ],
)  # fmt: skip
def test_post_of_the_last_day_may_come_a_week_later(
    posted: date | None, received: date | None, answer: bool | None
) -> None:
    assert ask("in_time", received=received, last_day=LAST_DAY, posted=posted, grace="1 weeks") is answer


def test_without_post_only_the_receipt_counts() -> None:
    assert ask("in_time", received=date(2026, 4, 7), last_day=LAST_DAY) is True
    assert ask("in_time", received=date(2026, 4, 8), last_day=LAST_DAY) is False


@pytest.mark.parametrize(("day", "hour", "minute", "answer"), [(7, 23, 59, True), (8, 0, 1, False), (8, 0, 0, False)])
def test_a_portal_is_open_until_midnight(day: int, hour: int, minute: int, *, answer: bool) -> None:
    moment = datetime(2026, 4, day, hour, minute, tzinfo=LOCAL_ZONE)
    assert ask("in_time", received_at=moment, last_day=LAST_DAY) is answer


def test_the_register_says_which_sorts_of_education_a_school_has() -> None:
    schools = {
        number: School(number=number, name="De Beuk", place="Dorp", types=types)
        for number, types in {"01FP00": ("sbo", "so"), "01FP01": ()}.items()
    }
    town = Organisation(
        id="dorp", title="Dorp", inherits=(), needs_consent=False, region="noord", bodies={}, mandates=(),
        boards={}, schools=schools, sectors={}, parameters={},
    )  # fmt: skip
    around = replace(AROUND, organisation=town)
    asked = Compute(function="types_of", arguments=(("of", FactRef(fact="school")),))

    def of(school: str | None) -> Value | None:
        return evaluate_expression(asked, {"school": school}.get, around)

    assert of("01FP00") == ("sbo", "so")
    assert of("01FP01") == ()  # the register names none
    assert of("99ZZ00") == ()  # of before it left the register
    assert of(None) is None
