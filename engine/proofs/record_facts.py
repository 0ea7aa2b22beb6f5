"""What is surely known of records: inside the act that writes or changes one, and of the views afterwards.

A field that an act must be given is known in that act and nowhere else. Of a view it is known how many records count
when all that its condition reads is surely known of every record.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.records import PARENT, RecordKind, View
from engine.core.content.workflow import EntryPoint, Transition
from engine.core.deciding.at_hand import needed_fields
from engine.core.deciding.subject import known_of_only
from engine.core.evaluation.operators import OPERATIONS, Operand
from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import ALWAYS, FactRef, Literal, Test, facts_in
from engine.core.language.facts import LIFE, OF_CASE, Aspect, Value

_OF_ALL = (Aspect.COUNT, Aspect.ANY, Aspect.ALL)
_NEAREST = (Aspect.LATEST, Aspect.FIRST)


class RecordFacts:
    """What the acts of one content say of records and views."""

    def __init__(self, content: Content) -> None:
        self.content, self.kinds, self.views = content, content.rules.records, content.rules.views
        # What counts alone goes on counting after the act; of the rest nothing is known outside it.
        passing = (kind for kind in self.kinds.values() if not kind.is_single)
        self.fields = frozenset(fact for kind in passing for fact in kind.facts())
        known = {view.id: view for view in self.views.values() if view.of in self.kinds}
        self._facts_of = {
            name: frozenset(rule.id for rule in view.facts(self.kinds[view.of])) for name, view in known.items()
        }

    def always_known(self) -> frozenset[str]:
        """The facts of views that have a value whatever was written."""
        return frozenset(fact for view in self.views.values() if view.of in self.kinds for fact in self._sure(view))

    def required(self, act: Transition | EntryPoint) -> tuple[str, ...]:
        """The facts without which the act is refused, or that are known by themselves when a case is opened."""
        asked = act.happened_on if isinstance(act, Transition) else None
        given = () if isinstance(act, Transition) else known_of_only(self.content)
        return (*act.requires, *needed_fields(self.content, act, ()), *((asked.fact,) if asked else ()), *given)

    def at_hand(self, act: Transition | EntryPoint) -> frozenset[str]:
        """The fields that are surely known while the act is judged, without anybody giving them."""
        changed = (self.kinds[one.kind] for one in act.changes) if isinstance(act, Transition) else ()
        return frozenset().union(*(_surely_of(kind) for kind in changed))

    def forgotten(self, act: Transition | EntryPoint) -> frozenset[str]:
        """The fields that mean something else now: a new record begins empty, one that ended counts no more."""
        kinds = {one.kind for one in act.writes}
        for change in (*act.changes, *act.closes) if isinstance(act, Transition) else ():
            if not self.kinds[change.kind].is_open(change.to):
                kinds.add(change.kind)
        below = {kind.id for kind in self.kinds.values() if kind.belongs_to in kinds}
        return frozenset(fact for kind in kinds | below for fact in self.kinds[kind].facts())

    def ended_by(self, act: Transition) -> frozenset[str]:
        """The fields of which nothing is known any more once the case has moved on: of records that the act ended."""
        ended = (c.kind for c in (*act.changes, *act.closes) if not self.kinds[c.kind].is_open(c.to))
        gone = frozenset(fact for kind in ended for fact in self.kinds[kind].facts())
        return gone - frozenset(fact for one in act.writes for fact in self.kinds[one.kind].facts())

    def after(self, act: Transition | EntryPoint) -> frozenset[str]:
        """What is known once the act has written its records, besides what it was given."""
        written = [self.kinds[one.kind] for one in act.writes if not one.is_optional]
        found = set[str]().union(*({rule.id for rule in kind.own_facts().values()} for kind in written))
        for view in self._views_of({kind.id for kind in written}):
            if view.when == ALWAYS and view.full is None:
                found |= self._nearest(view, self.kinds[view.of])
        return frozenset(found)

    def touched(self, act: Transition | EntryPoint) -> frozenset[str]:
        """The facts of views whose values may be others after the act."""
        kinds = {one.kind for one in act.writes}
        if isinstance(act, Transition):
            kinds |= {one.kind for one in (*act.changes, *act.closes)}
        below = {kind.id for kind in self.kinds.values() if kind.belongs_to in kinds}
        # Another case moves by itself: what was seen of it at one act need not be so at the next.
        views = self._views_of(kinds | below | {kind.id for kind in self.kinds.values() if kind.cases_of})
        return frozenset().union(*(self._facts_of[view.id] for view in views))

    def values_after(self, act: Transition | EntryPoint) -> dict[str, frozenset[Value]]:
        """What these facts surely are after the act, where that can be said."""
        found: dict[str, frozenset[Value]] = {}
        begun = {change.kind: change.to for change in act.begins} if isinstance(act, Transition) else {}
        for one in act.writes:
            life = begun.get(one.kind, self.kinds[one.kind].first_life)
            for view in self._views_of({one.kind}) if not one.is_optional else ():
                if not view.alike and _surely_holds_new(view, self.kinds[one.kind], life):
                    found[f"{view.id}.{Aspect.ANY}"] = frozenset({True})
        written = {one.kind for one in act.writes}
        for change in act.closes if isinstance(act, Transition) else ():
            # Of a subject an act ends only what its own case wrote; and what it writes itself is open afterwards.
            ends_all = change.kind not in written and not self.kinds[change.kind].subject
            for view in self._views_of({change.kind} if ends_all else set()):
                life = _life_asked(view)
                if self.kinds[change.kind].is_open(life) and life != change.to:
                    found[f"{view.id}.{Aspect.ANY}"] = frozenset({False})
                    found[f"{view.id}.{Aspect.COUNT}"] = frozenset({0})
        return found

    def _views_of(self, kinds: set[str]) -> Iterator[View]:
        return (view for view in self.views.values() if view.of in kinds)

    def _sure(self, view: View) -> Iterator[str]:
        kind = self.kinds[view.of]
        sure = _surely_of(kind)
        if kind.belongs_to in self.kinds:
            sure |= _surely_of(self.kinds[kind.belongs_to])
        # A fact of the case may be unknown when it is asked; "today" and the like never are.
        declared = {fact for fact in facts_in(view.when) if fact in self.content.rules.facts}
        if not declared <= sure:
            return
        for rule in view.facts(kind):
            said = rule.viewed
            assert said is not None
            if said.aspect in _OF_ALL or (said.aspect not in _NEAREST and kind.fact_of(said.field) in sure):
                yield rule.id

    def _nearest(self, view: View, kind: RecordKind) -> set[str]:
        sure = _surely_of(kind)
        facts = (rule for rule in view.facts(kind) if rule.viewed and rule.viewed.aspect in _NEAREST)
        return {rule.id for rule in facts if rule.viewed and kind.fact_of(rule.viewed.field) in sure}


def _surely_of(kind: RecordKind) -> frozenset[str]:
    own = (rule.id for name, rule in kind.own_facts().items() if name != PARENT)
    return frozenset({*map(kind.fact_of, kind.needs), *own})


def _surely_holds_new(view: View, kind: RecordKind, life: str) -> bool:
    """Whether a record that an act just wrote with this life counts: it is new, and of this case."""
    if view.full is not None:
        return False
    test = view.when
    of_case = isinstance(test, Test) and test.fact == kind.fact_of(OF_CASE) and test.operand == FactRef(fact="case.id")
    mine = of_case and isinstance(test, Test) and _asks_sameness(test)
    return mine or view.when == ALWAYS or _life_asked(view) == life != ""


def _life_asked(view: View) -> str:
    """The life that a view asks of its records, when that is all it asks; empty for another condition."""
    parts = view.when.parts if hasattr(view.when, "parts") else (view.when,)
    if len(parts) != 1 or not isinstance(parts[0], Test):
        return ""
    test = parts[0]
    asks_life = _asks_sameness(test) and test.fact == f"{view.of}.{LIFE}"
    return str(test.operand.value) if asks_life and isinstance(test.operand, Literal) else ""


def _asks_sameness(test: Test) -> bool:
    row = OPERATIONS[test.operator]
    return row.operand is Operand.SAME_CHOICE and row.denies is None
