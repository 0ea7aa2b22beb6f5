"""One mistake is told once: the cause, and where it is felt besides; not each thing that follows from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from engine.core.finding import Finding
from engine.words.saying import ALSO, WORDS, in_order
from engine.words.spelling import nearest

# "Bedoelt u ...?" is asked of a name: the last text of the way `near` says which parameter that is.
_ASKED = re.compile(r"\{known:near[^{]*\{(?P<name>\w+)\}\}")
# What follows from another finding in the same file: a name that is refused where it is declared is missed wherever it
# is used, and what has no meaning cannot be held against the rest. Told when it is still there without the cause.
_FOLLOWS = {
    "unknown_state": ("double_state", "state_named_any", "unknown_ladder"),
    "record_never_written": ("unknown_record", "record_of_other_subject", "for_each_of_subject"),
    "view_reads_other": ("unknown_record",),
    "field_in_term": ("for_each_without_life", "for_each_of_subject"),
    "derived_and_supplied": ("field_concluded",),
    "letter_for_others": ("unknown_addressee",),
    "act_before_the_last": ("moment_expected",),
    "looser_act_on_terms": ("looser_kind",),
    "idle_mandate": ("mandate_without_act", "mandate_without_workflow"),
    "no_consent": ("unknown_sector", "consent_without_day"),
}
# A word that is wrong in its own place only; any other name is one thing, whoever names it.
_OF_A_PLACE = frozenset({"key_unknown", "field_key_unknown", "not_a_choice", "no_such_choice"})
_FOLLOWS_ANYWHERE = {
    "no_parent": ("unknown_workflow",),
    "clause_without_last_day": ("unknown_letter",),
    "fact_from_nobody": ("told_unknown_fact", "handed_unknown_fact"),
    "idle_fact": ("told_unknown_fact", "handed_unknown_fact"),
}


def told_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in order; a name that does not exist is told at its first place, with the other places behind it."""
    ordered = in_order(findings)
    there, there_in = {one.kind for one in ordered}, {(one.kind, _file(one)) for one in ordered}
    first: dict[object, Finding] = {}
    for one in ordered:
        if any((cause, _file(one)) in there_in for cause in _FOLLOWS.get(one.kind, ())):
            continue
        if there.intersection(_FOLLOWS_ANYWHERE.get(one.kind, ())) or _is_mistyped(one, ordered):
            continue
        name = missing_name(one)
        key = (name, one.kind if one.kind in _OF_A_PLACE else "") if name else (one.kind, one.where, len(first))
        told = first.setdefault(key, one)
        if told is not one:
            first[key] = _also_at(told, one.where)
    return tuple(first.values())


def missing_name(finding: Finding) -> str:
    """The name that does not exist; empty when the finding is about something else."""
    asked = _ASKED.search(WORDS[finding.kind].next_step)
    return str(finding.parameters.get(asked["name"], "")) if asked else ""


def _is_mistyped(finding: Finding, others: Iterable[Finding]) -> bool:
    """Whether a key is missing because it stands there with another spelling."""
    if finding.kind != "key_missing":
        return False
    unknown = (one for one in others if one.kind == "key_unknown" and _file(one) == _file(finding))
    return any(nearest(str(one.parameters["key"]), [str(finding.parameters["key"])]) for one in unknown)


def _also_at(finding: Finding, where: str) -> Finding:
    places = finding.parameters.get(ALSO, ())
    assert isinstance(places, tuple)
    if where == finding.where or where in places:
        return finding
    return replace(finding, parameters={**finding.parameters, ALSO: (*places, where)})


def _file(finding: Finding) -> str:
    return finding.where.partition(":")[0]
