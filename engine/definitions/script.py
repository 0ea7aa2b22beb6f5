"""What people do and what must come of it, as values: a script, and a story, which is a plan with expectations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, date, datetime, time
from enum import StrEnum

from engine.core.deciding.step import BlockerKind
from engine.core.language.conditions import ALWAYS, Condition, Expression
from engine.core.language.facts import Value
from engine.core.legal_clock.period import Period
from engine.core.moment import LOCAL_ZONE
from engine.core.quick_class import dataclass

_NINE = time(9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What must be so. An empty part is not looked at; `None` as a value or a last day means: unknown, not running.

    `letters`, `says`, `reminders`, `passed`, `notices`, `opens`, `receives`, `not_opened` and `tells` are of exactly
    this step, for this case (None: not looked at). Letters are `L-06` or `L-06/addressee`, terms `term` or
    `term/addressee`. `says` gives fields of letters, `receives` facts of opened cases by workflow; `records` are all of
    a kind, oldest first, of which only the fields that are named are looked at. `missing` gives, for a fact, the facts
    a person would be asked for.
    """

    state: str = ""
    conclusions: Mapping[str, Value | None] = field(default_factory=dict)
    facts: Mapping[str, Value | None] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    terms: Mapping[str, date | None] = field(default_factory=dict)
    letters: tuple[str, ...] | None = None
    says: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    waiting: tuple[str, ...] | None = None
    reminders: tuple[str, ...] | None = None
    passed: tuple[str, ...] | None = None
    notices: Mapping[str, tuple[str, ...]] | None = None
    opens: tuple[str, ...] | None = None
    receives: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    not_opened: Mapping[str, tuple[BlockerKind, ...]] = field(default_factory=dict)
    tells: Mapping[str, Value] = field(default_factory=dict)
    records: Mapping[str, tuple[Mapping[str, Value], ...]] = field(default_factory=dict)
    possible: tuple[str, ...] = ()
    not_possible: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One of several values, always the same one for the same case and fact."""

    choices: tuple[Expression, ...]


def moment_of_day(on: datetime | date) -> datetime:
    """The moment (UTC) that is meant by a moment or a local day: a day is nine o'clock."""
    if isinstance(on, datetime):
        return on
    return datetime.combine(on, _NINE, LOCAL_ZONE).astimezone(UTC)


class ActKind(StrEnum):
    """What an act does: take a transition, record or correct facts, open a case, or only wait."""

    TAKE = "do"
    RECORD = "record"
    CORRECT = "correct"
    OPEN = "open"
    WAIT = "wait"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedAct:
    """One act of a person.

    `on` is a moment (UTC) or a local day; without it the act comes `after` the one before (a length in hours counts
    exactly; in days it ends on a working day, in office hours). `spread` adds 0 to that many days, by case, and
    chooses the hour. Outside `states` (when given), or when `only` does not hold, the act is passed
    over. `refused` names reasons that must occur, `about` what these must speak of; both empty: the act
    must succeed. `case` is the name of another case than the one the plan is about. `by` names the person who
    acts in the role; without it nobody is known. With `holds_mail` letters leave at the next act, not at this one.
    """

    kind: ActKind
    name: str
    role: str = ""
    by: str = ""
    case: str = ""
    entry: str = ""
    facts: Mapping[str, Expression | Draw] = field(default_factory=dict)
    on: datetime | date | None = None
    after: Period | None = None
    spread: Period | None = None
    reason: str = ""
    refused: tuple[BlockerKind, ...] = ()
    about: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    only: Condition = ALWAYS
    holds_mail: bool = False
    expect: Expectation | None = None
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way in which things may go, with its share of the cases (0 to 1)."""

    name: str
    share: float
    acts: tuple[ScriptedAct, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Cases of a workflow that come to be by themselves: of one `subject` (empty: any), and for which `condition`
    holds; of those, one in `every`."""

    workflow: str
    subject: str = ""
    condition: Condition = ALWAYS
    every: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePlan:
    """Cases and the ways they go; a story is a plan for one case, with something expected of every act.

    Either `opening`: a person opens the cases, `count` of them; or `cases`: they come to be by other means.
    `records` are what the dossier of whom an opened case is about holds before that, fields by kind, oldest first.
    """

    name: str
    ways: tuple[Way, ...]
    opening: ScriptedAct | None = None
    cases: Selection | None = None
    count: int = 1
    records: Mapping[str, tuple[Mapping[str, Expression | Draw], ...]] = field(default_factory=dict)
    where: str = ""

    @property
    def workflow(self) -> str:
        """The workflow of its cases."""
        return self.opening.name if self.opening else self.cases.workflow if self.cases else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterOrder:
    """The register to take over at the start: a file beside the script, through an entry, in a role."""

    file: str
    workflow: str
    entry: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxLook:
    """At the end of these local days every inbox, of one school where there are many, holds fewer cases than this."""

    fewer_than: int
    on: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A rehearsal from `starts_at` until `ends_at` (UTC). `people` are the names in the register when it begins.

    `organisation` is who works; empty: the only one there is. `inboxes` says when it is looked at how much lies there.
    """

    title: str
    organisation: str = ""
    starts_at: datetime
    ends_at: datetime
    register_order: RegisterOrder | None = None
    plans: tuple[CasePlan, ...]
    people: tuple[str, ...] = ()
    inboxes: InboxLook | None = None
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTest:
    """Given these facts at this moment (UTC) in this state (empty: the first), expect these conclusions.

    `records` are fields by kind, oldest first; among them `life`, and the number of what a record belongs to. With an
    `act` it is tried at this moment, and expected is what it would bring about.
    """

    name: str
    on: datetime
    facts: Mapping[str, Value]
    expect: Expectation
    records: Mapping[str, tuple[Mapping[str, Value], ...]] = field(default_factory=dict)
    state: str = ""
    act: ScriptedAct | None = None
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTestFile:
    """One file: the tests of one rule set in one workflow, and its stories.

    `people` are the names in the register when a story begins.
    """

    path: str
    organisation: str
    rule_set: str
    workflow: str
    tests: tuple[RuleTest, ...]
    stories: tuple[CasePlan, ...]
    people: tuple[str, ...] = ()
