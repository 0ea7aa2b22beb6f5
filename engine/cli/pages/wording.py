"""Puts refusals and what stands in the way into Dutch words. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.cli.pages.reason_words import tell_open_question, tell_reason
from engine.cli.pages.record_words import not_at_hand, nothing_written, of_engine, of_view, which_record
from engine.core.deciding.step import Blocker, BlockerKind, Refusal
from engine.core.dutch import join_words
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import PERSON_TYPES, FactRule, Value
from engine.core.language.values import write_value
from engine.core.message import Message
from engine.words.of_errors import say_refused
from engine.words.phrases import STANDINGS


class ContentWords:
    """The words for one content: labels of bodies, facts and states instead of their ids; `names` for people."""

    def __init__(self, content: Content, names: Mapping[str, str] | None = None) -> None:
        self.content, self.names = content, names or {}

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
            return rule.label + (of_view(self.content, rule.viewed) if rule.viewed else "")
        return of_engine(self.content, fact_id)

    def state(self, state_id: str) -> str:
        """The label of a state."""
        workflow = self.content.workflow
        return workflow.state(state_id).label if workflow.has_state(state_id) else state_id

    def transition(self, transition_id: str) -> str:
        """The label of a transition or an entry."""
        workflow = self.content.workflow
        labels = {entry.id: entry.label for entry in workflow.entries}
        labels |= {transition.id: transition.label for transition in reversed(workflow.transitions)}
        return labels.get(transition_id, transition_id)

    def value(self, fact_id: str, value: Value | None) -> str:
        """A value of a fact in words, with the labels of its choices and the names in the registers."""
        return self.value_of_rule(self.content.rules.facts.get(fact_id), value)

    def value_of_rule(self, rule: FactRule | None, value: Value | None) -> str:
        """The same by the declaration: also for the field of a record."""
        if rule is not None and rule.choices_from and isinstance(value, str):
            return self._registered(rule.choices_from, value)
        if rule is not None and rule.type in PERSON_TYPES and value is not None:
            items = value if isinstance(value, tuple) else (str(value),)
            return write_value(tuple(self.person(item) for item in items))
        return write_value(value, rule)

    def person(self, number: str) -> str:
        """The name of a person, with the number that tells people of one name apart."""
        name = self.names.get(number, number)
        return name if name == number else f"{name} ({number})"

    def _registered(self, register: str, number: str) -> str:
        organisation = self.content.organisation
        if register == "bodies":
            return self.body(number)
        found = organisation.schools.get(number) if register == "schools" else organisation.boards.get(number)
        return f"{found.name} ({number})" if found else number

    def refusal(self, refusal: Refusal) -> list[str]:
        """The whole refusal, line by line; ends with the command that tells more, when there is more to tell."""
        from engine.cli.pages.act_names import ACTS  # only what is refused needs them

        label = self.transition(refusal.attempted)
        name = label if label == refusal.attempted else f"{label} ({refusal.attempted})"
        name = ACTS.get(refusal.attempted, name)
        lines = [f"Niet gedaan: {name}.", *self.blockers(refusal.blockers)]
        if refusal.case_id and any(blocker.reason and blocker.reason.truth is None for blocker in refusal.blockers):
            lines.append(f"Waarom precies: trede case why {refusal.case_id} {refusal.attempted}")
        return lines

    def blockers(self, blockers: tuple[Blocker, ...]) -> list[str]:
        """What stands in the way, the facts to ask for last."""
        ordered = sorted(blockers, key=lambda blocker: blocker.kind is BlockerKind.MISSING_FACT)
        # Transitions of one name ask much the same: what two of them ask is said once.
        parts = dict.fromkeys(tuple(part) for blocker in ordered for part in self._parts(blocker))
        return [line for part in parts for line in part]

    def _parts(self, blocker: Blocker) -> list[list[str]]:
        """The lines of a blocker, in parts that can be said by themselves: a line, and what stands in from it."""
        parts: list[list[str]] = []
        for line in self.blocker(blocker):
            if parts and line.startswith("    "):
                parts[-1].append(line)
            else:
                parts.append([line])
        return parts

    def blocker(self, blocker: Blocker) -> list[str]:
        """One reason why not, with who can help."""
        if blocker.kind is BlockerKind.CONDITION and blocker.reason is not None:
            unclear = blocker.reason.truth is None
            return list(tell_open_question(self, blocker.reason) if unclear else tell_reason(self, blocker.reason, 1))
        if blocker.kind is BlockerKind.MISSING_FACT:
            return [f"  ontbreekt: {self.missing(blocker)}"]
        return [f"  {self._plain_blocker(blocker)}"]

    def missing(self, blocker: Blocker) -> str:
        """A fact to ask for, as it is typed, with its question and the roles that can answer."""
        asked = blocker.detail or self.fact(blocker.subject)
        who = f" [{', '.join(blocker.supplied_by)}]" if blocker.supplied_by else ""
        return f"{blocker.subject} — {asked}{who}"

    def _plain_blocker(self, blocker: Blocker) -> str:
        if blocker.said is not None and (
            blocker.kind is not BlockerKind.WRONG_VALUE or blocker.subject not in self.content.rules.facts
        ):
            of = blocker.detail in self.content.rules.facts and f"{blocker.detail} ({self.fact(blocker.detail)})"
            where = f"Brief {blocker.subject}, {of or blocker.detail}: "
            return (where if blocker.kind is BlockerKind.LETTER_PRINT else "") + say_refused(blocker.said)
        words = _WORDS_BY_KIND.get(blocker.kind)
        return words(self, blocker) if words else blocker.detail

    def choices_of(self, fact_id: str, typed: str = "") -> str:
        """The values a choice may take, as a sentence, or which of a register look like what was typed."""
        if (rule := self.content.rules.facts.get(fact_id)) is not None and rule.choices_from:
            from engine.cli.pages.choice_words import told_of_register  # hardly anybody mistypes

            return told_of_register(self.content.organisation, rule.choices_from, typed)
        choices = ", ".join(choice.id for choice in rule.choices) if rule is not None else ""
        return choices and f" Kies uit: {choices}."


def _unknown_transition(words: ContentWords, blocker: Blocker) -> str:
    workflow = words.content.workflow
    choices = list(blocker.supplied_by) or list(dict.fromkeys(transition.id for transition in workflow.transitions))
    from difflib import get_close_matches  # slow to import, and hardly anybody mistypes

    nearest = get_close_matches(blocker.subject, choices, n=1)
    hint = f"Bedoelde u '{nearest[0]}'?" if nearest else f"Er is: {', '.join(choices)}."
    return f"'{blocker.subject}' bestaat niet in '{workflow.title}'. {hint}"


def _not_from_here(words: ContentWords, blocker: Blocker) -> str:
    states = join_words([f"'{words.state(state)}'" for state in blocker.supplied_by], "of")
    return f"Dit kan niet vanuit '{words.state(blocker.detail)}'; wel vanuit {states}."


def _no_mandate(words: ContentWords, blocker: Blocker) -> str:
    who = f"{words.body(blocker.detail)} ({blocker.detail})"
    return f"{who} mag dit niet; wel: {words.bodies(blocker.supplied_by)}."


def _not_supplier(words: ContentWords, blocker: Blocker) -> str:
    who = f"{words.body(blocker.detail)} ({blocker.detail})"
    fact = f"{words.fact(blocker.subject)} ({blocker.subject})"
    return f"{who} mag {fact} niet opgeven; wel: {words.bodies(blocker.supplied_by)}."


def _wrong_value(words: ContentWords, blocker: Blocker) -> str:
    if blocker.said is not None:
        return f"{words.fact(blocker.subject)} ({blocker.subject}): {say_refused(_with_label(words, blocker.said))}"
    fact, typed = blocker.subject, blocker.detail
    return f"'{typed}' past niet bij {words.fact(fact)} ({fact}).{words.choices_of(fact, typed)}"


def _with_label(words: ContentWords, said: Message) -> Message:
    """A limit that follows from a fact tells which, in words."""
    basis = said.parameters.get("basis")
    if not isinstance(basis, tuple) or not basis[0]:
        return said
    return Message(said.code, {**said.parameters, "basis": (words.fact(basis[0]), *basis[1:])})


def _unknown_fact(words: ContentWords, blocker: Blocker) -> str:
    from difflib import get_close_matches

    nearest = get_close_matches(blocker.subject, words.content.rules.facts, n=1)
    hint = f" Bedoelde u '{nearest[0]}'?" if nearest else ""
    return f"Het gegeven '{blocker.subject}' bestaat niet in deze regels.{hint}"


def _other_sector(words: ContentWords, blocker: Blocker) -> str:
    known = words.content.organisation.known_sectors
    name, *labels = (known[one].label if one in known else one for one in (blocker.subject, *blocker.supplied_by))
    return f"Deze procedure is er niet voor de sector {name}, maar voor: {join_words(labels)}."


def _no_consent(words: ContentWords, blocker: Blocker) -> str:
    sector = words.content.organisation.sectors.get(blocker.subject)
    name = sector.label if sector else blocker.subject or "onbekend"
    if blocker.detail == "assumption":
        return (
            f"De instemming voor de sector {name} is alleen aangenomen; dat kan alleen in een oefenwerkplek. "
            "Zet de dag van de echte instemming in de regelset, zonder status: assumption."
        )
    lacks = blocker.detail and f" ({STANDINGS.get(blocker.detail, f'geldig tot en met {blocker.detail}')})"
    lacks = f"Voor de sector {name} heeft deze versie geen geldige instemming{lacks}, en een oudere ook niet."
    return f"{lacks} Nieuwe zaken kunnen niet; vraag eerst instemming."


_WORDS_BY_KIND: Mapping[BlockerKind, Callable[[ContentWords, Blocker], str]] = {
    BlockerKind.UNKNOWN_TRANSITION: _unknown_transition,
    BlockerKind.NOT_FROM_HERE: _not_from_here,
    BlockerKind.CLOSED: lambda words, blocker: (
        f"De zaak is gesloten ('{words.state(blocker.subject)}'); er kan niets meer mee."
    ),
    BlockerKind.NO_MANDATE: _no_mandate,
    BlockerKind.NOT_SUPPLIER: _not_supplier,
    BlockerKind.NOT_TYPED: lambda words, blocker: (
        f"{words.fact(blocker.subject)} ({blocker.subject}) geeft niemand zelf op: een handeling of termijn zet het."
    ),
    BlockerKind.WRONG_VALUE: _wrong_value,
    BlockerKind.UNKNOWN_FACT: _unknown_fact,
    BlockerKind.DERIVED_FACT: lambda words, blocker: (
        f"{words.fact(blocker.subject)} ({blocker.subject}) volgt uit de regels; het kan niet met de hand worden gezet."
    ),
    BlockerKind.REASON_MISSING: lambda *_: 'Hier hoort een reden bij. Geef haar met --reason "...".',
    BlockerKind.NO_LETTER: lambda _, blocker: (
        f"Brief {blocker.subject} bestaat niet in de versie van de inhoud waarop deze zaak loopt."
    ),
    BlockerKind.LETTER_FIELD: lambda _, blocker: (
        f"Brief {blocker.subject} kan niet worden gemaakt: '{blocker.detail}' is niet bekend."
    ),
    BlockerKind.ONLY_BY_ITSELF: lambda *_: (
        "Dit gebeurt vanzelf, wanneer de termijn verloopt of de voorwaarde geldt; niet met de hand."
    ),
    BlockerKind.NOT_CLOSED: lambda words, blocker: (
        f"De zaak is niet gesloten; zij staat in '{words.state(blocker.subject)}'."
        " Kijk met `trede case why` wat er kan."
    ),
    BlockerKind.ENDS_FOR_GOOD: lambda words, blocker: (
        f"Een zaak in '{words.state(blocker.subject)}' kan niet worden heropend: de procedure zegt niet hoe."
        " Open zo nodig een nieuwe zaak."
    ),
    BlockerKind.NO_CONSENT: _no_consent,
    BlockerKind.OTHER_SECTOR: _other_sector,
    BlockerKind.NOT_AT_HAND: not_at_hand,
    BlockerKind.WHICH_RECORD: which_record,
    BlockerKind.NOTHING_WRITTEN: nothing_written,
    BlockerKind.NOT_DUE: lambda *_: "Dit is niet (meer) aan de orde.",
}
