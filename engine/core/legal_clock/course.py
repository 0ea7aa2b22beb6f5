"""The course of a term in days: from day 0 over its acts to the raw end, and on to the end that holds."""

from __future__ import annotations

from dataclasses import field
from datetime import date, timedelta

from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.counting import (
    ONE_DAY,
    DayCounter,
    Stretch,
    is_covered,
    lengthen,
    order_stretches,
    roll_backward,
    roll_forward,
)
from engine.core.legal_clock.ledger import Deferred, Extended
from engine.core.legal_clock.period import Period, Unit
from engine.core.legal_clock.projection import TermStep
from engine.core.legal_clock.runs import Act, Run, Suspension
from engine.core.legal_clock.telling import (
    tell_count,
    tell_decree,
    tell_deferral,
    tell_extension,
    tell_lengthened,
    tell_outside,
    tell_own_roll,
    tell_standstill,
    tell_start,
    tell_statutory_roll,
    tell_stays,
    tell_suspension,
)
from engine.core.legal_clock.termspec import TermSpec
from engine.core.message import Message
from engine.core.quick_class import dataclass


@dataclass(slots=True)
class Course:
    """Built up act by act while a ledger is read; thrown away when the projection is made.

    `lengths` are counted one after the other from `counted_from`: the term itself and its extensions; `spans`
    are the days each of them took, its day 0 and its last day.
    """

    spec: TermSpec
    calendar: Calendar
    day: date
    lengths: list[Period]
    counted_from: date = field(init=False)
    counter: DayCounter = field(init=False)
    raw_end: date = field(init=False)
    spans: list[tuple[date, date, Unit]] = field(init=False)
    is_named_day: bool = False
    steps: list[TermStep] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.counted_from = self.day
        self.counter = DayCounter(self.calendar, self.spec.region, self.spec.school)
        self.raw_end = self._count()
        self.steps += [
            tell_start(self.day),
            tell_count(self.day, self.raw_end, self.lengths[0], self.spec.cited),
        ]
        if self.spec.termijnenwet and self.spec.in_decree and is_covered(self.lengths[0]):
            self.steps.append(tell_decree())

    def apply(self, act: Act) -> None:
        """Take one act into account and tell what it does to the end."""
        old = self.raw_end
        if isinstance(act, Extended):
            self.lengths.append(act.period)
            self.raw_end = self._count()
            self.steps.append(tell_extension(old, self.raw_end, act))
        elif isinstance(act, Deferred):
            self._defer(act)
            self.steps.append(tell_deferral(old, self.raw_end, act))
        else:
            self._stand_still(act)

    def final_end(self) -> date:
        """The end that holds, after the Algemene termijnenwet or the agreed roll; tells the steps to it."""
        lengthened, end = self._move(self.raw_end, self.lengths[-1])
        if self.is_named_day:
            self._tell_unmoved(end)
        elif self.spec.termijnenwet and not is_covered(self.lengths[-1]):
            self.steps.append(tell_outside(self.lengths[-1]))
        elif self.spec.termijnenwet:
            self._tell_statute(lengthened, end)
        elif end != self.raw_end:
            self.steps.append(tell_own_roll(self.calendar, self.raw_end, end))
        else:
            self._tell_unmoved(end)
        return end

    def _count(self) -> date:
        end = self.counted_from
        self.spans = []
        for number, length in enumerate(self.lengths):
            # From the raw end: who keeps to that reading is in time under the other one too.
            if number and self.spec.extension is not None and self.spec.extension.from_moved_end:
                end = self._move(end, self.lengths[number - 1])[1]
            begin, end = end, self.counter.end_after(end, length)
            self.spans.append((begin, end, length.unit))
        return end

    def _defer(self, act: Deferred) -> None:
        # The day was named, not counted: from here on it is a length of its own, so that a later suspension moves it.
        self.counted_from = min(act.act_day, act.until)
        self.lengths = [Period((act.until - self.counted_from).days, Unit.DAYS)]
        self.is_named_day = True
        self.raw_end = self._count()

    def _stand_still(self, act: Suspension) -> None:
        begin, last = act.begin, act.last_day
        if last is None:
            self.steps.append(tell_standstill(act.first_day, begin.reason, begin.basis))
            return
        # All days that stand still go into one counter and the whole term is counted anew. Adding them to the end
        # would be wrong in working days, in months, and where a standstill lies in the days over which the end moves.
        old = self.raw_end
        still = order_stretches((*self.counter.still, Stretch(act.first_day, last)))
        self.counter = DayCounter(self.calendar, self.spec.region, self.spec.school, still)
        self.raw_end = self._count()
        self.steps.append(tell_suspension(old, self.raw_end, act.first_day, last, begin.reason, begin.basis))

    def _move(self, end: date, length: Period) -> tuple[date, date]:
        """The end after article 2, and after article 1 or the roll of the term.

        Article 2 first: it asks whether the term itself holds two working days; the days over which article 1 moves
        the end are not of the term, and may not fill it up.
        """
        # The body named this day itself (Awb 4:14): no rule for free days stands between it and its word.
        if self.is_named_day:
            return end, end
        if self.spec.termijnenwet:
            # Article 4 speaks of a term as it is described: `length` is the last one, an extension on its own.
            if not is_covered(length):
                return end, end
            lengthened = lengthen(self.counter, self.day, end, self.lengths[0])
            return lengthened, roll_forward(self.counter, lengthened)
        roll = self.spec.effective_roll
        if roll == "backward":
            back = roll_backward(self.counter, end)
            # A short target on a long weekend would otherwise end before it begins.
            return end, back if back > self.day else roll_forward(self.counter, end)
        return end, roll_forward(self.counter, end) if roll == "forward" else end

    def _tell_statute(self, lengthened: date, end: date) -> None:
        if lengthened != self.raw_end:
            self.steps.append(tell_lengthened(self.raw_end, lengthened))
        if end != lengthened:
            span = (end - lengthened).days
            days = (lengthened + timedelta(days=number) for number in range(span))
            still = [day for day in days if self.counter.is_still(day)]
            self.steps.append(tell_statutory_roll(self.calendar, lengthened, end, still))

    def _tell_unmoved(self, end: date) -> None:
        if not self.calendar.is_free_day(end):
            return
        self.steps.append(tell_stays(self.calendar, end))
        if self.is_named_day:
            self.warnings.append(Message("named_day_is_free", {"end": end}))

    def calendar_warnings(self, end: date) -> tuple[Message, ...]:
        """Warnings of the calendar about the days that had a say in the end."""
        length = self.lengths[-1]
        counts_days = length.unit in (Unit.WORKING_DAYS, Unit.SCHOOL_DAYS, Unit.SCHOOL_WEEKS)
        if not counts_days and (self.is_named_day or (end == self.raw_end and not self._looks_at_end())):
            return ()
        first = self.counted_from + ONE_DAY if counts_days else min(self.raw_end, end)
        in_school = length.unit in (Unit.SCHOOL_DAYS, Unit.SCHOOL_WEEKS)
        return self.calendar.warnings_for(
            min(first, end), max(self.raw_end, end), region=self.spec.region if in_school else "",
            school=self.spec.school if in_school else "",
        )  # fmt: skip

    def _looks_at_end(self) -> bool:
        if self.spec.termijnenwet:
            return is_covered(self.lengths[-1])
        return self.spec.effective_roll != "none"


def follow(spec: TermSpec, run: Run, calendar: Calendar, day: date, period: Period) -> Course:
    """The course of a term from day 0 over all acts of its run."""
    course = Course(spec, calendar, day, [period])
    for act in run.acts:
        course.apply(act)
    return course
