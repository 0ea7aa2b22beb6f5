"""A form for the facts that a case misses: YAML, with the question and what is allowed above each name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.cli.pages.wording import ContentWords
from engine.core.language.facts import FactRule, FactType

if TYPE_CHECKING:
    from engine.usecases.ask_facts import Form

_HOW = {
    FactType.YES_NO: "ja of nee",
    FactType.DATE: "een dag: 2026-09-16",
    FactType.MOMENT: "een tijdstip: 2026-09-16 14:30",
    FactType.NUMBER: "een getal",
    FactType.TEXTS: "een lijst: [een, twee]",
    FactType.PERSON: "een persoon: naam of nummer",
    FactType.PERSONS: "personen: [een, twee]",
}
_MOST_CHOICES = 24


def ask_page(asked: Form) -> list[str]:
    """The form. What stays empty is not read back; every line that is no name with a value is a remark."""
    situation = asked.situation
    words, case = ContentWords(situation.content, situation.question.people.names), situation.case
    whom = f" van {words.bodies((asked.supplier,))}" if asked.supplier else ""
    lines = [f"# {case.id}: gegevens die nog ontbreken{whom}."]
    if asked.facts:
        lines.append("# Vul in achter de dubbele punt. Wat leeg blijft, telt niet mee.")
        lines.append(f"# Inlezen: {_read_back(asked)}")
    else:
        lines.append("# Er is niets om in te vullen.")
    for name, rule in asked.rules.items():
        is_perhaps = name in asked.perhaps
        needed = ", ".join(f"'{item.label}'" for item in (asked.perhaps if is_perhaps else asked.facts)[name][:2])
        why = "misschien nodig" if is_perhaps else "nodig"
        lines += ["", f"# {rule.question or rule.label} ({_allowed(words, rule)})", f"#   {why} voor {needed}"]
        who = "" if asked.supplier else f"#   te leveren door {words.bodies(rule.supplied_by)}"
        lines += [who] if who and rule.supplied_by else []
        lines.append(f"{name}:")
    if asked.along:
        lines += ["", f"# Een eigen formulier (trede case ask {case.id} --for ...) hebben:"]
        lines += [f"#   {item.transition} — {item.label}" for item in asked.along]
    return lines


def _read_back(asked: Form) -> str:
    role = f" --as {asked.supplier}" if asked.supplier else " --as ROL"
    case_id = asked.situation.case.id
    if asked.transition:
        return f"trede case advance {case_id} {asked.transition} --from formulier.yaml{role}"
    return f"trede case record {case_id} --from formulier.yaml{role}"


def ask_plain(asked: Form) -> dict[str, object]:
    """The same for a program."""
    return {
        "case": asked.situation.case.id,
        "supplier": asked.supplier,
        "facts": [
            {
                "fact": name,
                "question": rule.question or rule.label,
                "type": rule.type.value,
                "choices": [choice.id for choice in rule.choices],
                "supplied_by": rule.supplied_by,
                "needed_for": [item.transition for item in (asked.facts.get(name) or asked.perhaps[name])],
                **({"perhaps": True} if name in asked.perhaps else {}),
            }
            for name, rule in asked.rules.items()
        ],
    }


def _allowed(words: ContentWords, rule: FactRule) -> str:
    return ", ".join(_allowed_parts(words, rule)) or "tekst"


def _allowed_parts(words: ContentWords, rule: FactRule) -> Iterator[str]:
    if rule.choices:
        several = rule.type is not FactType.CHOICE
        ids = [choice.id for choice in rule.choices[:_MOST_CHOICES]]
        more = " ..." if len(rule.choices) > len(ids) else ""
        yield f"kies {'een of meer' if several else 'een'}: {', '.join(ids)}{more}"
    elif rule.choices_from:
        yield f"kies met het nummer uit: trede list {rule.choices_from}"
    elif rule.type in _HOW:
        yield _HOW[rule.type]
    if rule.pattern is not None:
        yield f"{rule.pattern.words}, zoals {rule.pattern.example}"
    if rule.at_least is not None:
        yield f"minstens {rule.at_least} {rule.unit}".rstrip()
    if rule.at_most is not None:
        yield f"hoogstens {rule.at_most} {rule.unit}".rstrip()
