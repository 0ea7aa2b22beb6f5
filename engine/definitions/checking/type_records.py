"""What acts and terms do with records: do the kinds, fields and lives they name exist, and are they at hand?"""

from __future__ import annotations

from collections.abc import Iterable

from engine.core.content.records import RecordKind
from engine.core.content.ruleset import RuleSet
from engine.core.content.term_rules import TermRule
from engine.core.content.workflow import EntryPoint, Transition, Workflow
from engine.core.language.conditions import facts_in, facts_in_expression
from engine.core.language.facts import FactRule
from engine.core.language.orders import CaseOrder, Changing, LetterOrder, Writing
from engine.definitions.checking.scope import Scope
from engine.definitions.checking.type_expressions import check_choices
from engine.definitions.checking.type_views import is_single
from engine.definitions.reading.conclusion_order import facts_read_by_conclusion


def check_records_of_acts(workflow: Workflow, rules: RuleSet, scope: Scope) -> None:
    """Report acts that write or change what they cannot, or that read a field of a record they have not at hand."""
    reach, key = _Reach(rules), workflow.subject_key
    acts: tuple[EntryPoint | Transition, ...] = (*workflow.entries, *workflow.transitions)
    for act in acts:
        _check_kinds(act, rules, scope)
        _check_whose(act, key, rules, scope)
        reads = _facts_of_act(act)
        for fact, kind in reach.fields_behind(reads):
            given = fact in _given_by(act)
            if fact in _said_of_closed(act, kind):
                continue
            if kind not in act.kinds_at_hand and (given or not is_single(rules, kind)):
                scope.report("field_not_at_hand", act.where, act=act.id, fact=fact, of=kind)
    _check_written(workflow, rules, scope)
    _check_taken_over(workflow, rules, scope)
    for term in (*rules.terms.values(), *workflow.ladder_terms):
        for fact, kind in reach.fields_behind(_facts_of_term(term)):
            if not is_single(rules, kind) and kind not in (term.for_each, _parent(rules, term.for_each)):
                scope.report("field_in_term", term.where, term=term.id, fact=fact, of=kind)
        for said in term.passing.sets:
            rule = rules.facts.get(said.fact)
            if rule is not None and rule.record:
                scope.report("field_set_by_term", said.where or term.where, term=term.id, fact=said.fact)
        if term.for_each:
            _check_for_each(term, rules, scope)


def _given_by(act: EntryPoint | Transition) -> set[str]:
    """The facts that the act fills, or may be given along with it."""
    return {*(said.fact for said in act.sets), *(act.asks if isinstance(act, Transition) else ())}


def _said_of_closed(act: EntryPoint | Transition, kind: str) -> set[str]:
    """What the act sets of every record that it closes: the day on which it ended."""
    closes = isinstance(act, Transition) and any(change.kind == kind for change in act.closes)
    return {said.fact for said in act.sets} if closes else set()


def _check_whose(act: EntryPoint | Transition, key: str, rules: RuleSet, scope: Scope) -> None:
    """A case is about one kind of subject, and writes only in the dossier of that."""
    kind = scope.organisation.subject_with_key(key)
    for one in act.writes:
        known = rules.records.get(one.kind)
        if known is not None and known.subject and (kind is None or kind.id != known.subject):
            scope.report("record_of_other_subject", act.where, of=known.id, subject=known.subject)


def _parent(rules: RuleSet, kind: str) -> str:
    return rules.records[kind].belongs_to if kind in rules.records else ""


def _check_for_each(term: TermRule, rules: RuleSet, scope: Scope) -> None:
    scope.know_record(term.for_each, term.where)
    kind = rules.records.get(term.for_each)
    if kind is not None and kind.subject:
        scope.report("for_each_of_subject", term.where, term=term.id, of=kind.id)
    if kind is not None and not kind.life:
        scope.report("for_each_without_life", term.where, term=term.id, of=kind.id)
    if term.starts_in or term.suspended_in or term.sending_of or term.follows:
        scope.report("for_each_and_states", term.where, term=term.id)


def _check_written(workflow: Workflow, rules: RuleSet, scope: Scope) -> None:
    """What changes a record, or counts its days, waits for ever for one of a kind that nobody writes."""
    acts: tuple[EntryPoint | Transition, ...] = (*workflow.entries, *workflow.transitions)
    written = {one.kind for act in acts for one in act.writes}
    changed = {
        one.kind: one.where
        for act in workflow.transitions
        for one in (*act.changes, *act.closes)
        if one.kind not in act.of_any_case
    }
    counted = {term.for_each: term.where for term in rules.terms.values() if term.for_each}
    for kind, where in {**counted, **changed}.items():
        if kind in rules.records and kind not in written:
            scope.report("record_never_written", where, of=kind)


def _check_taken_over(workflow: Workflow, rules: RuleSet, scope: Scope) -> None:
    """An end names kinds of the dossier and lives that those have; anywhere else the case itself still writes them."""
    for state in workflow.states:
        for change in state.taken_over:
            known = rules.records.get(change.kind)
            lives = {choice.id for choice in (*known.life, *known.ends)} if known and known.subject else set()
            if not state.is_end or change.to not in lives:
                scope.report(
                    "taken_over_unlike", change.where or state.where, of=change.kind, life=change.to, known=lives
                )


def _check_kinds(act: EntryPoint | Transition, rules: RuleSet, scope: Scope) -> None:
    named = [one.kind for one in act.writes]
    _check_writings(act, rules, scope)
    if isinstance(act, EntryPoint):
        return
    for change in act.begins:
        known = rules.records.get(change.kind)
        if change.kind not in named or (known and not known.is_open(change.to)):
            lives = {choice.id for choice in known.life} if known else set()
            scope.report("begins_unlike", change.where or act.where, of=change.kind, life=change.to, known=lives)
    for change in (*act.changes, *act.closes):
        scope.know_record(change.kind, change.where or act.where)
        known = rules.records.get(change.kind)
        lives = {choice.id for choice in (*known.life, *known.ends)} if known else {change.to}
        if change.to not in lives:
            scope.report("no_such_life", change.where or act.where, of=change.kind, life=change.to, known=lives)
        if change.kind in named and change in act.changes:
            scope.report("written_and_changed", change.where or act.where, of=change.kind)
    _check_reach(act, rules, scope)


def _check_writings(act: EntryPoint | Transition, rules: RuleSet, scope: Scope) -> None:
    named = [one.kind for one in act.writes]
    for one in act.writes:
        scope.know_record(one.kind, act.where)
        kind = rules.records.get(one.kind)
        if kind is None:
            continue
        if one.each:
            _check_each(one, act, kind, scope)
        if kind.belongs_to and isinstance(act, EntryPoint) and kind.belongs_to not in named:
            scope.report("entry_without_owner", act.where, of=kind.id, parent=kind.belongs_to)
    for name in (*named, *(one.kind for one in _changes_of(act))):
        if name in rules.records and rules.records[name].cases_of:
            scope.report("cases_written", act.where, of=name)


def _changes_of(act: EntryPoint | Transition) -> tuple[Changing, ...]:
    return (*act.changes, *act.closes) if isinstance(act, Transition) else ()


def _check_each(one: Writing, act: EntryPoint | Transition, kind: RecordKind, scope: Scope) -> None:
    """Of several records at once it is known what each says, and none of them is the one that counts."""
    fact = kind.fact_of(one.each)
    if one.each not in kind.needs:
        scope.report("each_of_no_need", act.where, name=one.each, of=kind.id, known=kind.needs)
        return
    shape = scope.shape_of(fact, act.where)
    if shape is not None:
        check_choices(shape, fact, one.values, scope, act.where)
    if kind.is_single:
        scope.report("each_of_one_that_counts", act.where, of=kind.id)
    if fact in _facts_of_act(act):
        scope.report("each_read_by_act", act.where, act=act.id, fact=fact)


def _check_reach(act: Transition, rules: RuleSet, scope: Scope) -> None:
    """Only records of a dossier outlive their case, so only those can be another case's."""
    reached = {one.kind for one in (*act.changes, *act.closes)}
    fitting = {name for name in reached if name in rules.records and rules.records[name].subject}
    for kind in act.of_any_case:
        if kind not in fitting:
            scope.report("of_any_case_unlike", act.where, of=kind, act=act.id, known=fitting)


class _Reach:
    """Which fields of records stand behind a fact, through the rules that conclude it."""

    def __init__(self, rules: RuleSet) -> None:
        self._facts, self._views = rules.facts, rules.views
        self._reads = facts_read_by_conclusion(rules.rules, rules.tables)
        self._found: dict[str, frozenset[tuple[str, str]]] = {}

    def fields_behind(self, facts: Iterable[str]) -> list[tuple[str, str]]:
        """Fact and kind of each field that these facts rest on, sorted."""
        return sorted(frozenset().union(*(self._of(fact) for fact in facts)))

    def _of(self, fact: str) -> frozenset[tuple[str, str]]:
        if fact not in self._found:
            self._found[fact] = frozenset()  # a circle is reported elsewhere
            rule = self._facts.get(fact)
            own = frozenset((fact, kind) for kind in self._kinds_said_by(rule) if kind)
            self._found[fact] = own.union(*(self._of(read) for read in sorted(self._reads.get(fact, ()))))
        return self._found[fact]

    def _kinds_said_by(self, rule: FactRule | None) -> tuple[str, ...]:
        """The kind of which an act must say something for this fact to mean anything; none for most facts."""
        if rule is None or rule.viewed is None:
            return (rule.record,) if rule else ()
        view = self._views[rule.viewed.view]
        return (view.of,) if view.alike else ()


def _facts_of_act(act: EntryPoint | Transition) -> set[str]:
    found = {*act.requires, *facts_in(act.when), *(said.fact for said in act.sets)}
    values = [said.value for said in act.sets]
    orders = [order.when for order in act.letters]
    if isinstance(act, Transition):
        found.update(act.asks)
        values += [said.value for said in act.tells_parent]
        for order in act.opens:
            orders.append(order.when)
            values += [said.value for said in order.facts]
    return found.union(*map(facts_in, orders), *map(facts_in_expression, values))


def _facts_of_term(term: TermRule) -> set[str]:
    dates = (*term.dates, *((term.deferral.until,) if term.deferral else ()))
    values = [*dates] + [said.value for said in term.passing.sets]
    orders: list[LetterOrder | CaseOrder] = [*term.passing.letters, *term.passing.opens]
    orders += [order for reminder in term.reminders for order in reminder.letters]
    read = [one.when for one in (*orders, *term.reminders)]
    if term.suspended_while is not None:
        read.append(term.suspended_while)
    return set().union(*map(facts_in, read), *map(facts_in_expression, values))
