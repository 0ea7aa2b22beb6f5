"""What stands in the way of an act over records, and what is known of views, terms and the case itself, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from engine.core.deciding.step import Blocker
from engine.core.dutch import join_words
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Aspect, Viewed


class Names(Protocol):
    """What this module needs to know of the words of a content."""

    content: Content

    def fact(self, fact_id: str) -> str:
        """The label of a fact."""

    def transition(self, transition_id: str) -> str:
        """The label of a transition or an entry."""


def not_at_hand(words: Names, blocker: Blocker) -> str:
    """A field that no act here writes: which acts do."""
    kind = words.content.rules.records[blocker.detail].label
    acts = join_words([f"{words.transition(act)} ({act})" for act in blocker.supplied_by], "of")
    where = f" Geef het mee bij {acts}." if acts else ""
    return (
        f"{words.fact(blocker.subject)} ({blocker.subject}) hoort bij: {kind}; hier wordt dat niet geschreven.{where}"
    )


def which_record(words: Names, blocker: Blocker) -> str:
    """Several records are open, or none: how to say which."""
    kind_id, _, field = blocker.subject.rpartition(".")
    records = words.content.rules.records
    # Said by the number of the record it belongs to, or else by its own number or the field that tells it apart.
    wanted = records[field if field == records[kind_id].belongs_to else kind_id]
    if not blocker.supplied_by:
        return f"Er is geen open {wanted.label.lower()}; daarom kan dit nog niet."
    numbers = join_words([f"--set {blocker.subject}={number}" for number in blocker.supplied_by], "of")
    said = f" {blocker.detail} is er niet bij." if blocker.detail else ""
    return f"Welk record is bedoeld ({wanted.label})?{said} Kies {numbers}."


def nothing_written(words: Names, blocker: Blocker) -> str:
    """An act that only writes what is optional was told nothing."""
    choices = join_words(list(blocker.supplied_by), "of")
    return f"Er is niets gezegd. {words.transition(blocker.subject)} vraagt ten minste een van: {choices}."


def of_view(content: Content, viewed: Viewed) -> str:
    """What a view says of its records, behind the name of the view."""
    view = content.rules.views.get(viewed.view)
    rule = content.rules.facts.get(f"{view.of}.{viewed.field}") if view else None
    return _ASPECTS[viewed.aspect].format(rule.label if rule else viewed.field)


_ASPECTS: Mapping[Aspect, str] = {
    Aspect.COUNT: ": aantal",
    Aspect.ANY: ": ten minste een",
    Aspect.ALL: ": geldt voor elk",
    Aspect.LATEST: ": laatste, {0}",
    Aspect.FIRST: ": eerste, {0}",
    Aspect.SUM: ": som van {0}",
    Aspect.DISTINCT: ": aantal verschillende, {0}",
    Aspect.LIST: ": alle, {0}",
}


def of_engine(content: Content, fact_id: str) -> str:
    """A fact that no file declares: of a term, or built in; the id itself when it is neither."""
    term, _, aspect = fact_id.removeprefix("term.").rpartition(".")
    if fact_id.startswith("term.") and any(known.id == term for known in content.terms()):
        return _TERM_ASPECTS[aspect].format(content.term(term).label)
    return _BUILT_IN.get(fact_id, fact_id)


_TERM_ASPECTS = {
    "last_day": "laatste dag van termijn '{0}'",
    "passed": "termijn '{0}' is verstreken",
    "running": "termijn '{0}' loopt",
    "deferred": "termijn '{0}' is verlengd of uitgesteld",
    "started_on": "eerste dag van termijn '{0}'",
    "days": "dagen van termijn '{0}'",
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
