"""What changed in the register of subjects, in words, as the journal keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from engine.cli.pages.wording import ContentWords
from engine.core.language.facts import FactRule, FactType


def changed(words: ContentWords, details: Mapping[str, object]) -> list[str]:
    """Each fact with its new value, and its old one when it had any."""
    facts = details.get("facts")
    return [
        f"{_name(words, fact)}: {'(weg)' if new is None else _plain(words, fact, new)}"
        + ("" if old is None else f" (was {_plain(words, fact, old)})")
        for fact, (old, new) in (facts.items() if isinstance(facts, Mapping) else ())
    ]


def _plain(words: ContentWords, name: str, plain: object) -> str:
    rule = _rule(words, name)
    if rule is not None and rule.type is FactType.DATE and isinstance(plain, str):
        return words.value_of_rule(rule, date.fromisoformat(plain))
    return words.value_of_rule(rule, tuple(plain) if isinstance(plain, list) else plain)  # type: ignore[arg-type]


def _rule(words: ContentWords, name: str) -> FactRule | None:
    """The declaration of a fact, or of a field of a record named kind.number.field."""
    kind, _, rest = name.partition(".")
    records = words.content.subject_kind.records if words.content.subject_kind else {}
    if kind in records:
        field = rest.partition(".")[2]
        return {**records[kind].own_facts(), **records[kind].fields}.get(field)
    return words.content.rules.facts.get(name)


def _name(words: ContentWords, name: str) -> str:
    rule, (kind, _, rest) = _rule(words, name), name.partition(".")
    number = rest.partition(".")[0]
    return f"{rule.label} ({kind} {number})" if rule is not None and number.isdecimal() else words.fact(name)
