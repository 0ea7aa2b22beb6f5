"""A reminder speaks of what still is to be done, and after an absence only the last word is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from engine.core.content.term_rules import Reminder
from engine.core.deciding.step import DeadlineKind, EntryKind, Step
from engine.core.language.conditions import ALWAYS, Condition, Literal, Operator, Test
from engine.core.legal_clock.period import Period, Unit
from tests.core.decisions.garden import FITS, KEEPER, Garden, at, garden


def reminded(*reminders: Reminder) -> Garden:
    """A garden asked for, of which the term to decide has these reminders."""
    plot = garden("2026-03-02", {"uitleg": "te druk"})
    terms = dict(plot.content.rules.terms)
    terms["beslissen"] = replace(terms["beslissen"], reminders=reminders)
    plot.content = replace(plot.content, rules=replace(plot.content.rules, terms=terms))
    assert isinstance(plot.record({"oppervlakte": FITS["oppervlakte"]}, KEEPER, at("2026-03-02", 10)), Step)
    return plot


def after(days: int, *to: str, when: Condition = ALWAYS, ask: tuple[str, ...] = ()) -> Reminder:
    return Reminder(to=to or ("beheerder",), after=Period(days, Unit.DAYS), when=when, ask=ask)


def sweep(plot: Garden, day: str) -> list[str]:
    """Everything that is due on this day, at once and oldest first; what was skipped, why, and otherwise sent."""
    told = []
    while due := [one for one in plot.steps[-1].deadlines if one.due_at <= at(day)]:
        step = plot.fall_due(due[0].key, at(day))
        assert isinstance(step, Step)
        if due[0].kind is DeadlineKind.REMINDER and due[0].clock == "beslissen":
            (line,) = [one for one in step.entries if one.kind is EntryKind.TERM_REMINDED]
            sent = [one for one in step.notices if one.kind == "term_warning"]
            told.append(str(line.details.get("skipped") or f"sent {len(sent)}"))
    return told


def test_after_an_absence_only_the_last_reminder_of_a_kind_is_sent() -> None:
    plot = reminded(after(7), after(14), after(21))
    assert sweep(plot, "2026-03-25") == ["later", "later", "sent 1"]


def test_a_reminder_to_readers_whom_no_later_one_reaches_is_sent() -> None:
    plot = reminded(after(7, "beheerder", "bestuur"), after(14))
    assert sweep(plot, "2026-03-25") == ["sent 2", "sent 1"]


def test_no_reminder_is_sent_of_a_term_that_has_passed() -> None:
    plot = reminded(after(7), after(14, "bestuur"))
    assert sweep(plot, "2026-05-04") == ["later", "later"]
    assert plot.case.facts["te_laat"].value is True


def test_swept_every_day_each_is_sent() -> None:
    plot = reminded(after(7), after(14))
    day, told = date(2026, 3, 3), list[str]()
    while day < date(2026, 3, 25):
        told += sweep(plot, day.isoformat())
        day += timedelta(days=1)
    assert told == ["sent 1", "sent 1"]


def test_a_reminder_is_not_sent_when_its_condition_surely_does_not_hold() -> None:
    not_put_off = Test(fact="term.beslissen.deferred", operator=Operator.IS, operand=Literal(value=False))
    plot = reminded(after(14, when=not_put_off))
    act = plot.act("uitstellen", KEEPER, at("2026-03-05"), {"nieuwe_dag": date(2026, 5, 1)})
    assert isinstance(act, Step)
    assert sweep(plot, "2026-03-17") == ["over"]
    assert sweep(reminded(after(14, when=not_put_off)), "2026-03-17") == ["sent 1"]


def test_a_reminder_whose_condition_is_unknown_is_sent() -> None:
    unknown = Test(fact="schuur", operator=Operator.IS, operand=Literal(value=True))
    assert sweep(reminded(after(14, when=unknown)), "2026-03-17") == ["sent 1"]


def test_a_reminder_that_asks_for_what_cannot_be_done_here_is_not_sent() -> None:
    assert sweep(reminded(after(14, ask=("aanvullen",))), "2026-03-17") == ["over"]
    assert sweep(reminded(after(14, ask=("aanvullen", "toewijzen"))), "2026-03-17") == ["sent 1"]
