"""The guide of one procedure for who works with it: all of it from the content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.core.content.term_rules import Protects, TermRule
from engine.core.content.workflow import EntryPoint, Transition
from engine.core.dutch import join_words, write_day
from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import Expression, FactRef
from engine.core.language.orders import LetterOrder
from engine.core.legal_clock.period import in_dutch
from engine.reports.workflow_picture import draw_workflow

KINDS = {"statutory": "wet", "agreed": "afspraak", "target": "streven"}
PROTECTS = {
    Protects.BODY: "wie beslist: langer mag niet",
    Protects.CITIZEN: "wie mag reageren: korter mag niet",
    Protects.BOTH: "iedereen: zo lang en niet anders",
}
Rows = Iterable[tuple[str, ...]]


def guide_parts(content: Content) -> Iterator[str]:
    """What the workflow and the rules say; what is still open comes after it."""
    guide = _Guide(content)
    workflow, rules = content.workflow, content.rules
    yield f"# {workflow.title}\n"
    yield (
        f"Leidraad voor wie bij {content.organisation.title} met deze procedure werkt. Regels van "
        f"{write_day(rules.valid_from, weekday=False)}, werkwijze van {write_day(workflow.valid_from, weekday=False)}. "
        "Deze bladzijde is gemaakt uit de inhoud (`make docs`); verander de inhoud, niet de bladzijde.\n"
    )
    yield f"Waar het op rust: {_sources(dict.fromkeys(one for term in guide.basis() for one in term))}\n"
    yield "## De weg in beeld\n"
    yield f"```mermaid\n{draw_workflow(content, only_moves=True)}```\n"
    yield _table("Waar een zaak kan zijn", ("Toestand", "Bij wie", "Wat er dan speelt"), guide.states())
    yield _table("Hoe een zaak begint", ("Ingang", "Wie", "Wat er bekend moet zijn", "Brieven"), guide.entries())
    yield _table(
        "Wie doet wat", ("Handeling", "Wie", "Vanuit", "Naar", "Wat er bekend moet zijn", "Grondslag"), guide.acts()
    )
    yield _table("Wat vanzelf gaat", ("Stap", "Wanneer", "Vanuit", "Naar", "Grondslag"), guide.by_itself())
    yield _table(
        "Termijnen",
        ("Termijn", "Hoe lang", "Soort", "Wie is gebonden", "Als hij voorbij is", "Grondslag"),
        guide.terms(),
    )
    yield _table("Brieven", ("Brief", "Titel", "Aan wie", "Wanneer"), guide.letters())
    yield _table("Wat de regels vaststellen", ("Regel", "Uitleg", "Grondslag"), guide.rules())


class _Guide:
    """Rows of one content, in the order in which it is written."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._workflow, self._rules = content.workflow, content.rules

    def basis(self) -> Iterator[tuple[str, ...]]:
        yield from (term.source for term in self._content.terms() if term.kind == "statutory")
        yield from (rule.source for rule in self._rules.rules if rule.statutory)

    def states(self) -> Rows:
        for state in self._workflow.states:
            end = " (einde)" if state.is_end else ""
            yield f"{state.label}{end}", self._body(state.owner), state.explanation

    def entries(self) -> Rows:
        for entry in self._workflow.entries:
            yield entry.label, self._bodies(entry.by), self._facts(entry.requires), self._orders(entry)

    def acts(self) -> Rows:
        for one in self._grouped(one for one in self._workflow.transitions if not one.is_automatic):
            first = one[0]
            asked = dict.fromkeys(fact for act in one for fact in act.requires)
            yield (
                first.label,
                self._bodies(dict.fromkeys(body for act in one for body in act.by)),
                self._states(act.origin for act in one),
                self._targets(one),
                self._facts(asked),
                _sources(dict.fromkeys(source for act in one for source in act.source)),
            )

    def by_itself(self) -> Rows:
        for one in self._grouped(one for one in self._workflow.transitions if one.is_automatic):
            first = one[0]
            when = (
                f"de termijn “{self._content.term(first.on_term).label}” is voorbij"
                if first.on_term
                else "zodra de regels het zeggen"
            )
            yield first.label, when, self._states(act.origin for act in one), self._targets(one), _sources(first.source)

    def terms(self) -> Rows:
        for term in self._content.terms():
            yield (
                term.label,
                self._length(term),
                KINDS[term.kind],
                self._bound(term),
                self._passing(term),
                _sources((*term.basis, *(one for one in term.source if one not in term.basis))),
            )

    def letters(self) -> Rows:
        found: dict[tuple[str, str], list[str]] = {}
        for label, order in self._ordered():
            to = join_words([self._addressee(one) for one in order.to])
            found.setdefault((order.letter, to), []).append(label)
        for (letter, to), labels in sorted(found.items()):
            known = self._content.letters.get(letter)
            yield letter, known.title if known else "", to, "; ".join(dict.fromkeys(labels))

    def rules(self) -> Rows:
        for rule in self._rules.rules:
            yield rule.label, rule.explanation, _sources(rule.source)
        for table in self._rules.tables:
            yield f"{table.label} (tabel)", "", _sources(table.source)

    def _ordered(self) -> Iterator[tuple[str, LetterOrder]]:
        acts: tuple[EntryPoint | Transition, ...] = (*self._workflow.entries, *self._workflow.transitions)
        yield from ((act.label, order) for act in acts for order in act.letters)
        for term in self._content.terms():
            yield from ((f"de termijn “{term.label}” is voorbij", order) for order in term.passing.letters)
            for reminder in term.reminders:
                yield from ((reminder.label or f"signaal bij {term.label}", order) for order in reminder.letters)

    def _grouped(self, transitions: Iterable[Transition]) -> list[list[Transition]]:
        found: dict[tuple[str, str], list[Transition]] = {}
        for one in transitions:
            found.setdefault((one.id, one.label), []).append(one)
        return list(found.values())

    def _bound(self, term: TermRule) -> str:
        owners = [self._body(self._workflow.state(state).owner) for state in term.starts_in]
        bodies = join_words(list(dict.fromkeys(one for one in owners if one)))
        whose = PROTECTS[term.protects] if term.protects else ""
        record = self._rules.records.get(term.for_each)
        return "; ".join(one for one in (bodies, whose, f"elk: {record.label}" if record else "") if one)

    def _length(self, term: TermRule) -> str:
        length = in_dutch(term.period) if term.period else ""
        if term.before is not None:
            return f"{length} voor {self._named(term.before)}"
        if term.length_of is not None:
            return "zo lang als de zaak zegt"
        day = term.until or term.on_day
        if day is not None:
            return f"{'tot en met' if term.until else 'op'} {self._named(day)}"
        return length

    def _named(self, value: Expression) -> str:
        rule = self._rules.facts.get(value.fact) if isinstance(value, FactRef) else None
        return f"“{rule.label}”" if rule else "een dag die uit de zaak volgt"

    def _passing(self, term: TermRule) -> str:
        moves = (one.label for one in self._workflow.transitions if one.on_term == term.id)
        told = self._bodies(one for one in term.passing.tells if one in self._content.organisation.bodies)
        owner = "wie de zaak heeft" if "owner" in term.passing.tells else ""
        hear = join_words([one for one in (told, owner) if one])
        return "; ".join(dict.fromkeys((*moves, *([f"bericht aan {hear}"] if hear else ()))))

    def _targets(self, acts: Iterable[Transition]) -> str:
        found = dict.fromkeys("blijft" if one.target == one.origin else one.target for one in acts)
        return join_words(
            ["blijft waar hij is" if one == "blijft" else self._workflow.state(one).label for one in found]
        )

    def _states(self, names: Iterable[str]) -> str:
        found = tuple(dict.fromkeys(names))
        is_open = {state.id for state in self._workflow.states if not state.is_end}
        if len(found) > 2 and set(found) >= is_open:
            return "overal"
        return "; ".join(self._workflow.state(one).label for one in found)

    def _facts(self, facts: Iterable[str]) -> str:
        return "; ".join(self._rules.facts[one].label if one in self._rules.facts else one for one in facts)

    def _orders(self, entry: EntryPoint) -> str:
        return ", ".join(dict.fromkeys(one.letter for one in entry.letters))

    def _addressee(self, name: str) -> str:
        known = self._rules.addressees.get(name)
        return known.label if known else name

    def _bodies(self, names: Iterable[str]) -> str:
        return join_words([self._body(one) for one in names])

    def _body(self, name: str) -> str:
        known = self._content.organisation.bodies.get(name)
        return known.label if known else name


def _sources(sources: Iterable[str]) -> str:
    return "; ".join(sources) or "geen"


def _table(title: str, head: tuple[str, ...], rows: Rows) -> str:
    """A part with a table; a column in which nothing stands is left out, and a part without rows says so."""
    written = [tuple(_cell(one) for one in row) for row in rows]
    kept = [number for number in range(len(head)) if any(row[number] for row in written)]
    if not written:
        return f"## {title}\n\nNiets.\n"
    lines = [tuple(head), tuple("---" for _ in head), *written]
    return f"## {title}\n\n" + "\n".join(f"| {' | '.join(line[one] for one in kept)} |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())
