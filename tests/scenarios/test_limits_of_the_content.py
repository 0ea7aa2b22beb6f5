"""Every date, number and number-like text of the real content says what it can be, and where that comes from (F-10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import pytest

from engine.core.content.records import RecordKind
from engine.core.language.facts import WRITTEN_ON, FactRule, FactType
from engine.core.language.limits import broken_limit
from tests.real_content import all_real_content

pytestmark = pytest.mark.long

# A word that makes of a text a number: it has a form, and whoever mistypes it makes another pupil.
NUMBER_WORDS = ("nummer", "brin", "postcode")


def is_kept_by_itself(rule: FactRule, kinds: Mapping[str, RecordKind]) -> bool:
    """What a view says is worked out of fields, which have limits; number, day of writing and owner nobody gives.

    Nor does anybody here give what another case says: there it has its limits.
    """
    field, kind = rule.id.rpartition(".")[2], kinds.get(rule.record)
    return rule.viewed is not None or (
        kind is not None and (field in ("number", WRITTEN_ON) or field in kinds or bool(kind.cases_of))
    )


def given_facts() -> Iterator[tuple[str, FactRule]]:
    """The facts that somebody or something writes: what no rule works out, and is no list of choices."""
    loaded, findings = all_real_content()
    assert not findings
    for (_, workflow, _), content in sorted(loaded.contents.items()):
        for fact, rule in content.rules.facts.items():
            if (
                fact not in content.prepared.producers
                and not rule.gathered
                and not is_kept_by_itself(rule, content.rules.records)
            ):
                yield workflow, rule


@lru_cache
def given() -> dict[str, FactRule]:
    return {f"{workflow} {rule.id}": rule for workflow, rule in given_facts()}


def is_like_a_number(rule: FactRule) -> bool:
    words = (rule.id.rpartition(".")[2], rule.label.casefold())
    return rule.type is FactType.TEXT and any(word in text for word in NUMBER_WORDS for text in words)


def lacks(rule: FactRule) -> list[str]:
    """The limits that this fact should have and has not."""
    if rule.type is FactType.NUMBER:
        return [name for name in ("at_least", "at_most") if getattr(rule, name) is None]
    if rule.type in (FactType.DATE, FactType.MOMENT):
        return [name for name in ("not_before", "not_after") if getattr(rule, name) is None]
    return ["pattern"] if is_like_a_number(rule) and rule.pattern is None else []


def is_chosen(rule: FactRule) -> bool:
    """Whether a limit is more than "not in the future" or "not before another fact": somebody chose an amount."""
    days = [one for one in (rule.not_before, rule.not_after) if one is not None]
    return rule.type is FactType.NUMBER or any(one.day or one.plus or one.minus for one in days)


def test_there_is_something_to_look_at() -> None:
    assert len(given()) > 100
    assert sum(rule.type is FactType.DATE for rule in given().values()) > 40
    assert {name.split()[1] for name, rule in given().items() if is_like_a_number(rule)} == {
        "aflopend.nummer", "leerling.nummer", "netwerk.nummer", "ondersteuningsplan.nummer", "swv.nummer", "tlv.nummer",
        "verklaring.nummer", "vestiging.nummer", "vraag.leerling_nummer",
    }  # fmt: skip


def wrong_with(rule: FactRule) -> Iterator[str]:
    """What is wrong with the limits of one fact."""
    yield from lacks(rule)
    if is_chosen(rule) and not (rule.source or rule.status == "assumption"):
        yield "wie koos deze grens?"
    if rule.pattern is not None:
        if not (rule.pattern.source or rule.pattern.status == "assumption"):
            yield "wie koos deze vorm?"
        if broken_limit(rule, rule.pattern.example) is not None:
            yield "het voorbeeld heeft de vorm niet"


def test_a_date_a_number_and_a_number_like_text_have_limits() -> None:
    wrong = {f"{name} ({rule.where})": found for name, rule in given().items() if (found := [*wrong_with(rule)])}
    assert not wrong
