"""Puts refusals, reasons and possibilities into Dutch words. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches

from engine.core.content import Content
from engine.core.dutch import join_words
from engine.core.fact_words import write_value
from engine.core.facts import Value
from engine.core.step import Blocker, BlockerKind, Refusal
from engine.core.truth import Reason
from engine.core.why import Possibility

_OPERATORS = {
    "is": "is {0}",
    "is_not": "is niet {0}",
    "in": "is een van {0}",
    "not_in": "is geen van {0}",
    "less": "is minder dan {0}",
    "at_most": "is hoogstens {0}",
    "more": "is meer dan {0}",
    "at_least": "is minstens {0}",
    "before": "ligt voor {0}",
    "on_or_before": "ligt op of voor {0}",
    "after": "ligt na {0}",
    "on_or_after": "ligt op of na {0}",
    "contains": "bevat {0}",
    "contains_all": "bevat alle van {0}",
    "contains_any": "bevat een van {0}",
    "subset_of": "valt binnen {0}",
    "in_last_school_year_of": "valt in het laatste schooljaar voor {0}",
}
_TRUTH_MARKS = {True: "✓", False: "✗", None: "?"}


class Words:
    """The words for one content: labels of bodies, facts and states instead of their ids."""

    def __init__(self, content: Content) -> None:
        self.content = content

    def body(self, body_id: str) -> str:
        """The label of a body."""
        body = self.content.organisation.bodies.get(body_id)
        return body.label if body else body_id

    def bodies(self, body_ids: tuple[str, ...]) -> str:
        """Labels of bodies with their ids, as they are typed: "Toeleiding (toeleiding)"."""
        return join_words([f"{self.body(body_id)} ({body_id})" for body_id in body_ids], "of") or "niemand"

    def fact(self, fact_id: str) -> str:
        """The label of a fact."""
        rule = self.content.rules.facts.get(fact_id)
        if rule is not None:
            return rule.label
        term, _, aspect = fact_id.removeprefix("term.").rpartition(".")
        if fact_id.startswith("term.") and any(known.id == term for known in self.content.terms()):
            return f"{_TERM_ASPECTS.get(aspect, aspect)} '{self.content.term(term).label}'"
        return _BUILT_IN.get(fact_id, fact_id)

    def state(self, state_id: str) -> str:
        """The label of a state."""
        workflow = self.content.workflow
        return workflow.state(state_id).label if workflow.has_state(state_id) else state_id

    def transition(self, transition_id: str) -> str:
        """The label of a transition."""
        arcs = (arc.label for arc in self.content.workflow.transitions if arc.id == transition_id)
        return next(arcs, transition_id)

    def value(self, fact_id: str, value: Value | None) -> str:
        """A value of a fact in words, with the labels of its choices."""
        return write_value(value, self.content.rules.facts.get(fact_id))

    def refusal(self, refusal: Refusal) -> list[str]:
        """The whole refusal, line by line."""
        label = self.transition(refusal.attempted)
        return [f"Niet gedaan: {label} ({refusal.attempted}).", *self.blockers(refusal.blockers)]

    def blockers(self, blockers: tuple[Blocker, ...]) -> list[str]:
        """What stands in the way, the facts to ask for last."""
        ordered = sorted(blockers, key=lambda blocker: blocker.kind is BlockerKind.MISSING_FACT)
        return [line for blocker in ordered for line in self.blocker(blocker)]

    def blocker(self, blocker: Blocker) -> list[str]:
        """One reason why not, with who can help."""
        if blocker.kind is BlockerKind.CONDITION and blocker.reason is not None:
            return list(self.reason(blocker.reason, 1))
        if blocker.kind is BlockerKind.MISSING_FACT:
            who = f" Te leveren door: {self.bodies(blocker.supplied_by)}." if blocker.supplied_by else ""
            return [f"  ontbreekt: {self.fact(blocker.subject)} ({blocker.subject}) — {blocker.detail}{who}"]
        return [f"  {self._plain_blocker(blocker)}"]

    def _plain_blocker(self, blocker: Blocker) -> str:
        words = _WORDS_BY_KIND.get(blocker.kind)
        return words(self, blocker) if words else blocker.detail

    def choices_of(self, fact_id: str) -> str:
        """The values a choice may take, as a sentence; empty for other facts."""
        rule = self.content.rules.facts.get(fact_id)
        if rule is None or not rule.choices:
            return ""
        return f" Kies uit: {', '.join(choice.id for choice in rule.choices)}."

    def reason(self, reason: Reason, depth: int = 0) -> Iterator[str]:
        """The tree of a reason, one line a node; parts that do not matter for the outcome are left out."""
        indent = "  " * depth
        text = self._reason_text(reason)
        below = depth
        if text:
            yield f"{indent}{_TRUTH_MARKS[reason.truth]} {text}"
            below = depth + 1
        for part in _telling_parts(reason):
            yield from self.reason(part, below)

    def _reason_text(self, reason: Reason) -> str:
        if reason.kind == "test":
            return self._test_text(reason)
        if reason.kind in ("rule", "table"):
            return ""
        rule = next((rule for rule in self.content.rules.rules if rule.id == reason.subject), None)
        if rule is not None:
            return f"regel: {rule.label} [{', '.join(rule.source) or reason.subject}]"
        if reason.kind == "any":
            return "minstens een van:"
        return "niet:" if reason.kind == "not" else ""

    def _test_text(self, reason: Reason) -> str:
        label = f"{self.fact(reason.fact)}"
        if reason.operator == "known":
            return f"{label} is {'' if reason.expected else 'nog niet '}bekend"
        if reason.operator == "empty":
            return f"{label} is {'' if reason.expected else 'niet '}leeg"
        expected = self.value(reason.fact, reason.expected)
        asked = _OPERATORS[reason.operator].format(expected)
        found = "nog onbekend" if reason.actual is None else f"nu: {self.value(reason.fact, reason.actual)}"
        return f"{label} {asked} ({found})"

    def possibility(self, item: Possibility) -> list[str]:
        """One transition: whether it is open, for whom, and what is missing."""
        mark = "✓" if item.is_open else "✗"
        who = "gaat vanzelf" if item.is_automatic else f"door {self.bodies(item.by)}"
        if item.on_term:
            who = f"gaat vanzelf als '{self.content.term(item.on_term).label}' verloopt"
        targets = join_words([self.state(state) for state in item.targets], "of")
        lines = [f"{mark} {item.transition} — {item.label} → {targets}; {who}"]
        if item.reason_required:
            lines.append("    vraagt een reden (--reason)")
        return [*lines, *(f"  {line}" for line in self.blockers(item.blockers))]


def _telling_parts(reason: Reason) -> tuple[Reason, ...]:
    """The parts that made the outcome: of a failed `all` those that are not true, of an `any` all of them."""
    if reason.kind == "all" and reason.truth is not True:
        return tuple(part for part in reason.parts if part.truth is not True)
    return reason.parts


def _unknown_transition(words: Words, blocker: Blocker) -> str:
    workflow = words.content.workflow
    choices = list(blocker.supplied_by) or list(dict.fromkeys(arc.id for arc in workflow.transitions))
    nearest = get_close_matches(blocker.subject, choices, n=1)
    hint = f"Bedoelde u '{nearest[0]}'?" if nearest else f"Er is: {', '.join(choices)}."
    return f"'{blocker.subject}' bestaat niet in '{workflow.title}'. {hint}"


def _not_from_here(words: Words, blocker: Blocker) -> str:
    states = join_words([f"'{words.state(state)}'" for state in blocker.supplied_by], "of")
    return f"Dit kan niet vanuit '{words.state(blocker.detail)}'; wel vanuit {states}."


def _no_mandate(words: Words, blocker: Blocker) -> str:
    who = f"{words.body(blocker.detail)} ({blocker.detail})"
    return f"{who} mag dit niet; wel: {words.bodies(blocker.supplied_by)}."


def _wrong_value(words: Words, blocker: Blocker) -> str:
    return f"'{blocker.detail}' past niet bij {words.fact(blocker.subject)} ({blocker.subject})." + words.choices_of(
        blocker.subject
    )


def _unknown_fact(words: Words, blocker: Blocker) -> str:
    nearest = get_close_matches(blocker.subject, words.content.rules.facts, n=1)
    hint = f" Bedoelde u '{nearest[0]}'?" if nearest else ""
    return f"Het gegeven '{blocker.subject}' bestaat niet in deze regels.{hint}"


def _no_consent(words: Words, blocker: Blocker) -> str:
    sector = words.content.organisation.sectors.get(blocker.subject)
    name = sector.label if sector else blocker.subject or "onbekend"
    through = f" (geldig tot en met {blocker.detail})" if blocker.detail else ""
    return (
        f"Voor de sector {name} heeft deze versie geen geldige instemming{through}. "
        "Nieuwe zaken kunnen niet; vraag eerst instemming."
    )


_WORDS_BY_KIND: Mapping[BlockerKind, Callable[[Words, Blocker], str]] = {
    BlockerKind.UNKNOWN_TRANSITION: _unknown_transition,
    BlockerKind.NOT_FROM_HERE: _not_from_here,
    BlockerKind.CLOSED: lambda words, blocker: (
        f"De zaak is gesloten ('{words.state(blocker.subject)}'); er kan niets meer mee."
    ),
    BlockerKind.NO_MANDATE: _no_mandate,
    BlockerKind.WRONG_VALUE: _wrong_value,
    BlockerKind.UNKNOWN_FACT: _unknown_fact,
    BlockerKind.DERIVED_FACT: lambda words, blocker: (
        f"{words.fact(blocker.subject)} ({blocker.subject}) volgt uit de regels; het kan niet met de hand worden gezet."
    ),
    BlockerKind.REASON_MISSING: lambda *_: 'Hier hoort een reden bij. Geef haar met --reason "...".',
    BlockerKind.LETTER_FIELD: lambda _, blocker: (
        f"Brief {blocker.subject} kan niet worden gemaakt: '{blocker.detail}' is niet bekend."
    ),
    BlockerKind.ONLY_BY_ITSELF: lambda *_: (
        "Dit gebeurt vanzelf, wanneer de termijn verloopt of de voorwaarde geldt; niet met de hand."
    ),
    BlockerKind.NO_CONSENT: _no_consent,
    BlockerKind.NOT_DUE: lambda *_: "Dit is niet (meer) aan de orde.",
}
_TERM_ASPECTS = {
    "last_day": "de laatste dag van de termijn",
    "passed": "verstreken is de termijn",
    "running": "lopend is de termijn",
    "started_on": "de eerste dag van de termijn",
}
_BUILT_IN = {
    "today": "vandaag",
    "now": "dit tijdstip",
    "case.id": "het zaaknummer",
    "case.state": "de toestand van de zaak",
    "case.opened_on": "de dag van openen",
    "case.state_since": "de dag waarop deze toestand begon",
    "case.parent": "de zaak waar deze uit voortkwam",
    "actor.role": "de rol van wie handelt",
    "actor.name": "de naam van wie handelt",
    "letters.waiting": "het aantal brieven dat nog verstuurd moet worden",
    "letters.sent": "de verstuurde brieven",
}
