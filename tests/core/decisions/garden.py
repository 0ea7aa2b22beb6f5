"""An invented allotment society, with holes on purpose: its terms run out, its letters can lack a field.

Content is read once; `Garden` plays one case by the pure decisions alone, and keeps what was asked of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.core.deciding import question
from engine.core.deciding.advance import Act, Report, act, record, tell
from engine.core.deciding.case import ENGINE, Actor, Case
from engine.core.deciding.falling_due import HandedOver, confirm_sent, fall_due
from engine.core.deciding.mending import FactCorrection, correct_facts
from engine.core.deciding.opening import Opening, new_case, open_case
from engine.core.deciding.question import Question
from engine.core.deciding.reopening import reopen_case
from engine.core.deciding.situation import project_clock
from engine.core.deciding.step import BlockerKind, Refusal, Step
from engine.core.deciding.undoing import Around, undo_act
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.core.legal_clock.projection import Projection
from engine.core.moment import LOCAL_ZONE, local_day
from engine.definitions.catalogue import Catalogue

ROOT = Path(__file__).parent / "content"
MEMBER = Actor(role="tuinder", name="Ootje Moes")
KEEPER = Actor(role="beheerder", name="Gijs Hark")
BOARD = Actor(role="bestuur", name="Bep Schep")
COMMITTEE = Actor(role="commissie", name="Loes Gieter")
WHO: dict[str, Value] = {"tuinder.nummer": "lid-7", "tuinder.naam": "Ootje Moes", "veld": "noord"}
FITS: dict[str, Value] = {"plan": "Prei en dahlia's", "oppervlakte": 150, "schuur": False, "buur.naam": "Wim Bonestaak"}

Again = Callable[[Case | None], Step | Refusal]
"""The same command once more, on the case as it then is."""


@lru_cache
def catalogue() -> Catalogue:
    return Catalogue(ROOT)


def content_on(day: date, workflow: str = "tuin") -> Content:
    """The content of the garden in force on a day."""
    return catalogue().content("tuindorp", workflow, day)


def at(day: str, hour: int = 9) -> datetime:
    """An hour of a local day, in UTC."""
    year, month, number = (int(part) for part in day.split("-"))
    return datetime(year, month, number, hour, tzinfo=LOCAL_ZONE).astimezone(UTC)


@dataclass
class Garden:
    """One case, moved by the core alone. `commands` remembers how each step was asked for."""

    content: Content
    case: Case
    steps: list[Step] = field(default_factory=list)
    commands: list[Again] = field(default_factory=list)

    def act(
        self,
        transition: str,
        actor: Actor,
        moment: datetime,
        facts: Mapping[str, Value] | None = None,
        reason: str = "",
    ) -> Step | Refusal:
        """A person takes a transition."""
        command = Act(transition=transition, facts=facts or {}, reason=reason)
        return self._do(lambda case: act(self.asked(case, actor, moment), command))

    def record(self, facts: Mapping[str, Value], actor: Actor, moment: datetime) -> Step | Refusal:
        """Facts come in."""
        return self._do(lambda case: record(self.asked(case, actor, moment), facts))

    def correct(
        self, facts: Mapping[str, Value], actor: Actor, moment: datetime, reason: str = "tikfout"
    ) -> Step | Refusal:
        """What was known was wrong."""
        command = FactCorrection(facts=facts, reason=reason)
        return self._do(lambda case: correct_facts(self.asked(case, actor, moment), command))

    def undo(self, actor: Actor, moment: datetime, reason: str = "vergissing", **around: Any) -> Step | Refusal:
        """The last act is taken back."""
        return self._do(lambda case: undo_act(self.asked(case, actor, moment), reason, Around(**around)))

    def reopen(self, actor: Actor, moment: datetime, reason: str = "vergissing") -> Step | Refusal:
        """What was over goes on."""
        return self._do(lambda case: reopen_case(self.asked(case, actor, moment), reason))

    def tell(self, facts: Mapping[str, Value], moment: datetime) -> Step | Refusal:
        """A child reports back."""
        return self._do(lambda case: tell(self.asked(case, ENGINE, moment), Report(from_case="RUZIE-1", facts=facts)))

    def send_all(self, moment: datetime, sent_on: date | None = None) -> list[Step]:
        """Every letter that waits is handed over."""
        waiting = [mark.key for mark in self.case.letters if mark.is_waiting]
        return [self.send(key, moment, sent_on) for key in waiting]

    def send(self, key: str, moment: datetime, sent_on: date | None = None) -> Step:
        """One letter is handed over."""
        command = HandedOver(letter_key=key, sent_on=sent_on or local_day(moment))
        outcome = self._do(lambda case: confirm_sent(self.asked(case, ENGINE, moment), command))
        assert isinstance(outcome, Step), outcome
        return outcome

    def fall_due(self, key: str, moment: datetime) -> Step | Refusal:
        """One deadline is dealt with."""
        return self._do(lambda case: fall_due(self.asked(case, ENGINE, moment), key))

    def pass_time(self, until: datetime) -> list[str]:
        """All that falls due up to this moment, oldest first; the keys."""
        done: list[str] = []
        while due := [d for d in self.steps[-1].deadlines if d.due_at <= until]:
            assert isinstance(self.fall_due(due[0].key, max(due[0].due_at, self.case.entered_at)), Step)
            done.append(due[0].key)
        return done

    def clock(self, key: str) -> Projection:
        """What a clock comes to; a clock that never started comes to nothing."""
        clock = self.case.clock(key)
        return Projection(status="not_started") if clock is None else project_clock(self.content, clock)

    def last_day(self, key: str) -> str:
        """The last day of a clock in ISO form; empty when it has none."""
        day = self.clock(key).last_day
        return day.isoformat() if day else ""

    def open_keys(self) -> list[str]:
        """The deadlines that are open, without their moment."""
        return [deadline.key.rpartition("|")[0] for deadline in self.steps[-1].deadlines]

    def asked(self, case: Case | None, actor: Actor, moment: datetime) -> Question:
        """The question about the case (None is none: only an opening has none), without others of its subject."""
        assert case is not None
        return question.ask(self.content, case, actor, moment, ())

    def _do(self, again: Again) -> Step | Refusal:
        outcome = again(self.case)
        if isinstance(outcome, Step):
            self.case = outcome.after
            self.steps.append(outcome)
            self.commands.append(again)
        return outcome


def ask(
    day: str, facts: Mapping[str, Value] | None = None, *, entry: str = "", workflow: str = "tuin",
    actor: Actor = KEEPER, case_id: str = "TUIN-1", parent: str = "",
) -> Garden | Refusal:  # fmt: skip
    """Open a case, or be refused."""
    content, moment = content_on(date.fromisoformat(day), workflow), at(day)
    who = {fact: value for fact, value in WHO.items() if fact in content.rules.facts}
    opening = Opening(case_id=case_id, entry=entry, facts={**who, **(facts or {})}, parent=parent)

    def again(_: Case | None) -> Step | Refusal:
        return open_case(question.ask(content, new_case(content, opening, moment), actor, moment, ()), opening)

    outcome = again(None)
    if isinstance(outcome, Refusal):
        return outcome
    return Garden(content=content, case=outcome.after, steps=[outcome], commands=[again])


def garden(day: str = "2026-03-02", facts: Mapping[str, Value] | None = None, **how: Any) -> Garden:
    """A case that opened well."""
    opened = ask(day, facts, **how)
    assert isinstance(opened, Garden), opened
    return opened


def in_use(day: str = "2026-03-02", facts: Mapping[str, Value] | None = None) -> Garden:
    """A garden that was taken over and is in use."""
    return garden(day, facts, entry="overname")


def quarrel(day: str = "2026-03-02", facts: Mapping[str, Value] | None = None, **how: str) -> Garden:
    """A quarrel on the first rung."""
    opened = garden(day, facts, workflow="ruzie", case_id="RUZIE-1", actor=COMMITTEE, **how)
    assert isinstance(opened.act("beginnen", COMMITTEE, at(day, 10)), Step)
    return opened


def kinds(outcome: Step | Refusal) -> set[BlockerKind]:
    """The kinds of reasons in a refusal; none when it went through."""
    return set() if isinstance(outcome, Step) else {blocker.kind for blocker in outcome.blockers}


def hours(number: int) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)
