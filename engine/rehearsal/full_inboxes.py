"""How much lies in each inbox on a day of a rehearsal: of every body, and where there are many of it of each apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import date, datetime

from engine.core.content.organisation import Body
from engine.core.moment import last_day_before
from engine.core.quick_class import dataclass
from engine.definitions.script import InboxLook
from engine.runtime import Runtime
from engine.usecases.inbox_of_one import which_one
from engine.usecases.list_work import before_long, list_inbox
from engine.views.lists import Looking


@dataclass(frozen=True, slots=True, kw_only=True)
class FullInbox:
    """So many cases lay with this body (its label), or with one of the many of it, at the end of a local day."""

    day: date
    body: str
    name: str
    cases: int


@dataclass
class InboxWatch:
    """Looks at every inbox on the days that a script names; keeps the fullest, and all that were too full."""

    runtime: Runtime
    look: InboxLook | None
    on_day: Callable[[datetime], None]
    fullest: FullInbox | None = None
    too_full: list[FullInbox] = field(default_factory=list)

    def at_the_end_of(self, moment: datetime) -> None:
        """`moment` (UTC) is the first after a day; who else wants to know of a day (`on_day`) is told of each."""
        self.on_day(moment)
        if self.look is None or last_day_before(moment) not in self.look.on:
            return
        for one in _inboxes(self.runtime, moment):
            if self.fullest is None or one.cases > self.fullest.cases:
                self.fullest = one
            if one.cases >= self.look.fewer_than:
                self.too_full.append(one)


def _inboxes(runtime: Runtime, moment: datetime) -> Iterator[FullInbox]:
    organisation = runtime.catalogue.organisation(runtime.settings.organisation)
    ahead, day = before_long(organisation.inbox, moment), last_day_before(moment)
    for body in organisation.bodies.values():
        rows = list_inbox(runtime, moment, Looking(owner=body.id, ahead=ahead)).rows
        names = _names(runtime, body, [row.case_id for row in rows], moment) if body.named_by else [""] * len(rows)
        for name, count in Counter(names).items():
            yield FullInbox(day=day, body=body.label, name=name, cases=count)


def _names(runtime: Runtime, body: Body, cases: list[str], moment: datetime) -> list[str]:
    with runtime.reading() as readings:
        return [which_one(runtime, readings, body, case_id, moment)[1] for case_id in cases]
