"""What laws ask of the decisions of a case that goes on by rules of before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from engine.core.content.obligations import LaterObligation, Obligation
from engine.core.content.ruleset import RuleSet

_LISTS = ("must_be_true", "must_be_known", "must_have_heard", "sends_to", "not_by")


def later_obligations(rules: RuleSet, laws: Sequence[RuleSet]) -> Iterator[LaterObligation]:
    """What the newest of these laws (oldest first) of each layer asks, beside what the rules of the case knew.

    What a law asked and a later one let go binds nobody any more; what it respects for cases that ran, binds them not.
    """
    known = {one.id: one for one in rules.obligations}
    newest = {law.organisation: law for law in laws}
    for law in newest.values():
        decisions = {**law.decisions, **rules.decisions}
        for one in law.obligations:
            asked = _more(known.get(one.id), one)
            if asked is not None and one.running_cases:
                since = _since(one, [earlier for earlier in laws if earlier.organisation == law.organisation])
                meant = tuple(decisions[name] for name in one.decides if name in decisions)
                yield LaterObligation(since=since.valid_from, obligation=asked, decisions=meant)


def _since(one: Obligation, laws: Sequence[RuleSet]) -> RuleSet:
    """The law that asked it first, and was followed by none that did not."""
    first = laws[-1]
    for law in reversed(laws):
        if not any(other.id == one.id and _more(other, one) is None for other in law.obligations):
            return first
        first = law
    return first


def _more(before: Obligation | None, now: Obligation) -> Obligation | None:
    """What is asked now and was not before; None when that is nothing."""
    if before is None:
        return now
    is_wider = not set(now.decides) <= set(before.decides) or now.unless != before.unless
    is_other = (now.clause, now.asked_with) != (before.clause, before.asked_with)
    if is_wider or is_other:
        return now
    added: dict[str, Any] = {
        name: tuple(one for one in getattr(now, name) if one not in getattr(before, name)) for name in _LISTS
    }
    return replace(now, **added) if any(added.values()) else None
