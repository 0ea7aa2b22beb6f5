"""What the journal and the inbox hold by code, in words; made when somebody reads it, with the labels of the content.

What an older program stored as a sentence is given back as it was: the record may never read otherwise than it did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.core.content.workflow import Workflow
from engine.core.deciding.step import Blocker, BlockerKind
from engine.core.dutch import join_words
from engine.core.evaluation.prepared import Content
from engine.core.message import Message
from engine.words.forms import fill
from engine.words.of_errors import say_refused
from engine.words.of_records import say_field, say_record
from engine.words.short_reasons import say_shortly

NOTICES: Mapping[str, str] = {
    "transition": "{transition}",
    "case_opened": "nieuwe zaak: {entry}",
    "term_warning": "{reminder}",
    "term_passed": "termijn verstreken: {term}",
    "fact_not_told": "Zaak {case} meldt '{fact}', maar dat past hier niet.",
    "fact_not_set": "Bij '{transition}' is '{fact}' niet bekend.",
    "term_without_length": "'{term}' loopt nog niet: {facts} is niet bekend.",
    "letter_not_made": "Brief {letter} is niet gemaakt: '{field}' is niet bekend.",
    "letter_without_reader": "Brief {letter} aan {name} wordt vastgehouden: volgens het dossier leest {name} haar niet "
    "meer. Trek haar in, of laat haar gaan.",
    "letter_not_counted": "Brief {letter} telt niet voor '{term}': {because}",
    "other_law": "Door een andere wet (vanaf {since:day}) is '{term}' {length:period}: de laatste dag was {was:day} en "
    "is nu {becomes:known_day}.",
    "law_extends_less": "Door een andere wet mag '{term}' vanaf {since:day} {allowed:granted} worden verlengd.",
    "law_defers_less": "Door een andere wet mag de laatste dag van '{term}' vanaf {since:day} {allowed:granted} worden "
    "uitgesteld.",
    "task": "{text}",
    "case_not_opened": "Een zaak '{workflow}' is niet geopend: {because} Open haar met de hand.",
}
CAUSES: Mapping[str, str] = {
    "": "{reason}",
    "anchor_moved": "de datum waaraan de termijn hangt is gewijzigd",
    "taken_back": "de handeling is teruggenomen",
    "reopened": "de zaak is heropend",
    "letter_sent": "{reason} verzonden",
    "happened_on": "de dag die {reason} zegt",
    "was_in_time": "het was er al voordat de termijn om was",
    "began_again": "verstreken en opnieuw begonnen",
    "reader_gone": "wie haar zou lezen, leest haar niet meer",
}

LEDGER_WORDS: Mapping[str, str] = {
    "started": "begint",
    "restarted": "begint opnieuw",
    "suspended": "staat stil",
    "resumed": "loopt weer",
    "extended": "verlengd",
    "deferred": "uitgesteld",
    "stopped": "klaar",
    "corrected": "gecorrigeerd",
}


def say_notice(
    kind: str, parameters: Mapping[str, object], *, term: str, text: str = "", content: Content | None = None
) -> str:
    """A message as it is read; `text` is the sentence of an older program. By ids where there is no content."""
    if text:
        return NOTICES[kind].format(term=text) if kind == "term_passed" else text
    said = {"term": _term(term, content), "reminder": _reminder(term, parameters, content), **parameters}
    if "transition" in said:
        said["transition"] = _transition(str(said["transition"]), content, str(said.get("target", "")))
    if kind == "case_opened":
        entry = content.workflow.entry(str(said["entry"])) if content else None
        said["entry"] = entry.label if entry else said["entry"]
    if kind == "case_not_opened":
        said["because"] = said.get("error") or f"{say_shortly(_blockers(said.get('blockers')))}."
    if kind == "term_without_length":
        said["facts"] = join_words([_fact(fact, content) for fact in _texts(parameters["facts"])])
    why = parameters.get("because")
    if isinstance(why, Mapping):
        said["because"] = say_refused(Message(**why))
    return fill(NOTICES[kind], said) + _record(parameters, content)


def say_cause(cause: str, reason: str) -> str:
    """Why an entry stands in a ledger: the reason a person gave, or what the program itself wrote it for."""
    return CAUSES[cause].format(reason=reason)


def plain_blockers(blockers: Sequence[Blocker]) -> list[dict[str, object]]:
    """Reasons why not as the journal keeps them."""
    return [
        {"kind": one.kind.value, "subject": one.subject, "detail": one.detail, "said": one.said and one.said.to_plain()}
        for one in blockers
    ]


def _blockers(plain: object) -> list[Blocker]:
    found = plain if isinstance(plain, list) else []
    return [
        Blocker(
            kind=BlockerKind(one["kind"]),
            subject=one["subject"],
            detail=one["detail"],
            said=Message(**one["said"]) if one.get("said") else None,
        )
        for one in found
    ]


def _transition(transition_id: str, content: Content | None, target: str = "") -> str:
    return label_of(content.workflow, transition_id, target) if content else transition_id


def label_of(workflow: Workflow, transition_id: str, target: str = "") -> str:
    """What a transition is called; of several of one name the one to this state, which is what was done."""
    known = [one for one in workflow.transitions if one.id == transition_id]
    named = [one.label for one in known if one.target == target] or [one.label for one in known]
    return named[0] if named else transition_id


def _term(term_id: str, content: Content | None) -> str:
    term = content.find_term(term_id) if content else None
    return term.label if term else term_id


def _texts(values: object) -> list[str]:
    return [str(one) for one in values] if isinstance(values, list | tuple) else []


def _fact(fact: str, content: Content | None) -> str:
    known = content.rules.facts.get(fact) if content else None
    return f"'{known.label}'" if known else f"'{fact}'"


def _record(parameters: Mapping[str, object], content: Content | None) -> str:
    """Of which record a message speaks: its name and number, and what it says itself."""
    key, fields = str(parameters.get("record", "")), parameters.get("fields")
    if not key:
        return ""
    said = [say_field(key, name, value, content) for name, value in fields.items()] if isinstance(fields, dict) else []
    return f" ({say_record(key, content)}{': ' if said else ''}{', '.join(said)})"


def _reminder(term_id: str, parameters: Mapping[str, object], content: Content | None) -> str:
    """The label of one reminder of the term (numbered from 1), else of the term; the content may have changed since."""
    term, number = content.find_term(term_id) if content else None, parameters.get("number")
    labels = {place: one.label for place, one in enumerate(term.reminders, start=1)} if term else {}
    return labels.get(number, "") or _term(term_id, content) if isinstance(number, int) else _term(term_id, content)
