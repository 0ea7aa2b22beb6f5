"""What the words of findings are made of: sentences with named gaps, and the ways to say a list in a gap."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from engine.words.file_parts import say_part
from engine.words.spelling import suggest

_SHOWN = 3


class Words(NamedTuple):
    """What is wrong, why, and the next step to take. A gap is `{name}`, or `{name:way}` where it holds a list."""

    what: str
    why: str = ""
    next_step: str = ""


def read_words(text: str) -> dict[str, Words]:
    """The words of a room by code: `code: what ? why > next step`, where an indented line goes on with the last."""
    entries = re.sub(r"\n +", " ", text.strip()).splitlines()
    return {kind: _parted(said) for kind, _, said in (entry.partition(": ") for entry in entries)}


def _parted(said: str) -> Words:
    head, _, next_step = said.partition(" > ")
    what, _, why = head.partition(" ? ")
    return Words(what, why, next_step)


def say_as(value: Any, way: str) -> str:
    """What fills a gap, said in this way; the way may have up to three texts of its own, behind bars."""
    name, *texts = way.split("|", 3)
    return _WAYS[name](value, *texts)


def _value(value: object) -> str:
    """A value as a test of the content speaks of it."""
    if value is None:
        return "onbekend"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return ", ".join(map(str, value)) or "niets" if isinstance(value, tuple) else str(value)


def _near(known: tuple[str, ...], kind: str, otherwise: str, word: str) -> str:
    return suggest(word, known, kind=kind, otherwise=otherwise)


def _fit(wanted: str, given: str) -> str:
    """What to write when a value of another kind was given."""
    return _FITTING.get((wanted, given), f"Schrijf {_KINDS[wanted]}.")


def _differing(choices: tuple[str, ...] | str) -> str:
    return f"Geen keuze: {', '.join(choices)}." if choices else "De waarde is vrije tekst."


def _some(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return f"{shown} en nog {len(names) - _SHOWN}" if len(names) > _SHOWN else shown


def _versions(versions: tuple[str, ...]) -> str:
    return f"Bestaande versies: {', '.join(versions)}." if versions else "Er zijn geen versies."


def _and(names: tuple[str, ...]) -> str:
    quoted = [f'"{name}"' for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} en {quoted[-1]}"


def _situation(facts: tuple[tuple[str, ...], ...]) -> str:
    said = (f'"{fact}" {_VALUES[how].format(", ".join(values))}' for fact, how, *values in facts)
    return f"als {', '.join(said)}" if facts else "altijd"


def _uncertain(terms: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    said = (f' De termijn "{term}" begint hier alleen als {_and(facts)} bekend is, en dat is niet zeker.'
            for term, facts in terms)  # fmt: skip
    return "".join(said)


def _silent_from(begins: tuple[str, ...]) -> str:
    """The day on which it becomes silent: that of a term, or the one on which the case comes here."""
    how, name, *length = begins
    if how == "arrival":
        return f'vanaf de dag van "{name}"'
    return f'vanaf de dag waarop "{name}" verloopt{f" (na {length[0]})" if length and length[0] else ""}'


_VALUES = {
    "unknown": "onbekend is",
    "other": "een andere waarde heeft",
    "true": "waar is",
    "false": "niet waar is",
    "is": "gelijk is aan {}",
    "holds": "gelijk is aan [{}]",
    "holds_nothing": "niets van het genoemde bevat",
}
_MAKERS = {
    "entry": 'De ingang "{}"',
    "transition": 'De overgang "{}"',
    "term": 'De termijn "{}" (in "{}")',
}
_REMEDIES = {
    "entry": 'Zet {} onder requires van de ingang "{}"',
    "transition": 'Zet {} onder requires van de overgang "{}"',
    "before": 'Vereis {} voordat de zaak in "{}" komt',
}
_KINDS = {
    "yes_no": "ja of nee",
    "number": "een getal",
    "date": "een dag",
    "moment": "een tijdstip",
    "text": "tekst",
    "list": "een lijst",
}
_FITTING = {
    ("text", "number"): "Zet de waarde tussen aanhalingstekens.",
    ("text", "date"): "Zet de waarde tussen aanhalingstekens.",
    ("text", "yes_no"): "Zet de waarde tussen aanhalingstekens, of kies een gegeven van de soort yes_no.",
    ("number", "text"): "Schrijf het getal zonder aanhalingstekens.",
    ("date", "text"): "Schrijf de dag als 2026-08-01, zonder aanhalingstekens.",
    ("date", "moment"): "Gebruik de dag, bijvoorbeeld {fact: today} in plaats van now.",
    ("moment", "date"): "Schrijf een tijdstip als 2026-08-01 10:00.",
    ("yes_no", "text"): "Schrijf true of false, zonder aanhalingstekens.",
    ("list", "text"): "Schrijf [a, b], of gebruik contains.",
    ("text", "list"): "Gebruik in, met een lijst.",
}
# By the names pydantic gives: what belongs there, and how to write it.
YAML_KINDS = {
    "string_type": ("tekst", "Zet de waarde tussen aanhalingstekens."),
    "int_type": ("een heel getal", "Schrijf het getal zonder aanhalingstekens."),
    "int_from_float": ("een heel getal", "Schrijf het getal zonder komma."),
    "float_type": ("een getal", "Schrijf het getal zonder aanhalingstekens."),
    "bool_type": ("true of false", "Schrijf true of false."),
    "date_type": ("een dag", "Schrijf de dag als 2026-08-01, zonder aanhalingstekens."),
    "list_type": ("een lijst", "Begin elke regel met een streepje, of schrijf [a, b]."),
    "dict_type": ("een blok met sleutels", "Schrijf sleutel: waarde, ingesprongen."),
    "model_type": ("een blok met sleutels", "Schrijf sleutel: waarde, ingesprongen."),
    "model_attributes_type": ("een blok met sleutels", "Schrijf sleutel: waarde, ingesprongen."),
}
_PLAIN_NAME = "Gebruik kleine letters, cijfers en _; begin met een letter."
_NAME_FORMS = {
    r"^[A-Z][A-Z0-9]*-[0-9]+[a-z]?[A-Z]?$": "Een brief heet bijvoorbeeld L-06, L-05b of L-06K.",
    r"^[A-Z][A-Z0-9]{1,7}$": "Gebruik 2 tot 8 hoofdletters, bijvoorbeeld TLV.",
    r"^[0-9A-Z]{3,10}$": 'Schrijf het nummer tussen aanhalingstekens, bijvoorbeeld "41676".',
    r"^[a-z][a-z0-9_]*\.([a-z][a-z0-9_]*|\*)$": "Schrijf workflow.overgang of workflow.*.",
    r"^[A-Za-z0-9_][A-Za-z0-9_.+-]*$": "Gebruik letters, cijfers en _; geen spaties.",
}


def say_name_form(form: str) -> str:
    """What a name of this form (a pattern) looks like."""
    return _NAME_FORMS.get(form, _PLAIN_NAME)


_UNSAYABLE = {
    "undeclared": "het feit '{}' is nergens beschreven",
    "needs_literal": "'{}' heeft hier een vaste waarde nodig",
    "no_number": "{} is geen getal",
    "too_fine": "{} is te groot of te fijn",
    "no_zone": "het moment heeft geen tijdzone",
    "other_kind": "{} is niet van het soort {}",
    "no_list": "de waarde is geen lijst",
}
_NAMED = {
    "workflow": "De procedure",
    "entry": "De ingang",
    "transition": "De overgang",
    "record": "De soort in het dossier",
    "field": "Het veld",
    "state": "De toestand",
    "role": "De rol",
    "fact": "Het gegeven",
}
_FILE_KINDS = {"rules": "regelset", "workflows": "workflow", "letters": "brief", "cards": "kaart"}
STANDINGS: Mapping[str, str] = {
    "concept": "concept",
    "to_opr": "voorgelegd ter instemming",
    "consented": "instemming gegeven",
    "adopted": "vastgesteld",
    "in_force": "in werking",
    "expired": "verlopen",
    "superseded": "opgevolgd",
    "rejected": "niet ingestemd",
}
_WAYS: Mapping[str, Callable[..., str]] = {
    "": ", ".join,
    "and": _and,
    "quoted": lambda names: ", ".join(f'"{name}"' for name in names),
    "way": lambda names: " → ".join(f'"{name}"' for name in names),
    "back": " ← ".join,
    "situation": _situation,
    "uncertain": _uncertain,
    "silent_from": _silent_from,
    "maker": lambda maker: _MAKERS[maker[0]].format(*maker[1:]),
    "remedy": lambda remedy: _REMEDIES[remedy[0]].format(_and(remedy[2]), remedy[1]),
    "part": say_part,
    "standing": STANDINGS.__getitem__,
    "label": lambda label: f": {label[0]}" if label else "",
    "sources": lambda sources: f"Bron: {'; '.join(sources)}." if sources else "",
    "near": _near,
    "kind": _KINDS.__getitem__,
    "fit": _fit,
    "differing": _differing,
    "brackets": lambda literal: f" ({literal[0]})" if literal else "",
    "or": lambda text, otherwise: text or otherwise,
    "or_none": lambda names, none: ", ".join(names) or none,
    "with_clause": {"": "", "objection": " met de bezwaarclausule", "appeal": " met de beroepsclausule"}.__getitem__,
    "letter_of": lambda letter: letter and f", met brief {letter}",
    "plain_and": " en ".join,
    "arguments": lambda names: ", ".join(f"{name}: ..." for name in names),
    "yaml_kind": lambda kind: YAML_KINDS[kind][0],
    "yaml_step": lambda kind: YAML_KINDS[kind][1],
    "name_form": say_name_form,
    "the": _NAMED.__getitem__,
    "kind_of_file": _FILE_KINDS.__getitem__,
    "some": _some,
    "versions": _versions,
    "ended": lambda day: f" De nieuwste gold tot en met {day[0]}." if day else "",
    "value": _value,
    "unsayable": lambda reason: _UNSAYABLE[reason[0]].format(*reason[1:]),
    "reasons": lambda reasons: ", ".join(f"{kind} ({subject} {detail})" for kind, subject, detail in reasons),
    "notices": lambda notices: ", ".join(f"{kind} aan {body}" for body, kind in notices) or "niets",
    "refused": lambda refused: "".join(f"; {name} is geweigerd: {_value(why)}" for name, why in refused),
    "extension": lambda held: f"{held[0]} keer {held[1]}" if held else "geen verlenging",
}
