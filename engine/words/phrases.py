"""What the words of findings are made of: sentences with named gaps, and the ways to say a list in a gap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Words(NamedTuple):
    """What is wrong, why, and the next step to take. A gap is `{name}`, or `{name:way}` where it holds a list."""

    what: str
    why: str = ""
    next_step: str = ""


def read_words(text: str) -> dict[str, Words]:
    """The words of a room by code: `code: what`, under it `? why` and `> next step`; a deeper line goes on."""
    found: dict[str, list[str]] = {}
    parts: list[str] = []
    for line in text.strip("\n").splitlines():
        if not line.startswith(" "):
            kind, _, what = line.partition(": ")
            parts = found[kind] = [what, "", ""]
            place = 0
        elif line[4] == " ":
            parts[place] += f" {line.strip()}"
        else:
            place = " ?>".index(line[4])
            parts[place] = line[6:]
    return {kind: Words(*parts) for kind, parts in found.items()}


def say_list(items: tuple[Any, ...], way: str) -> str:
    """A list in words; the way may have texts of its own behind a bar."""
    name, *texts = way.split("|")
    return _WAYS[name](items, *texts)


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


def _part(part: tuple[str, ...]) -> str:
    """A part of a file by the key it stands under, with its own name when it has one."""
    key, *name = part
    noun = PARTS.get(key, "Dit onderdeel")
    if key == "file" and name:
        return f'{noun} ("{name[0]}")'
    return f'{noun} "{name[0]}"' if name else noun


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
PARTS = {
    "file": "Dit bestand",
    "addressees": "De geadresseerde",
    "boards": "Het bestuur",
    "bodies": "Het orgaan",
    "consent": "De instemming voor",
    "direct": "De directe instap",
    "entries": "De ingang",
    "equated_days": "De gelijkgestelde dag",
    "facts": "Het gegeven",
    "fields": "Het veld",
    "ladders": "De ladder",
    "mandates": "Het mandaat",
    "parameters": "De parameter",
    "rows": "De tabelrij",
    "rules": "De regel",
    "rungs": "De trede",
    "schools": "De school",
    "sectors": "De sector",
    "states": "De toestand",
    "tables": "De tabel",
    "terms": "De termijn",
    "tracks": "De route",
    "transitions": "De overgang",
    "vacations": "De vakantie",
}
_WAYS: Mapping[str, Callable[..., str]] = {
    "": ", ".join,
    "and": _and,
    "quoted": lambda names: ", ".join(f'"{name}"' for name in names),
    "way": lambda names: " → ".join(f'"{name}"' for name in names),
    "situation": _situation,
    "uncertain": _uncertain,
    "maker": lambda maker: _MAKERS[maker[0]].format(*maker[1:]),
    "remedy": lambda remedy: _REMEDIES[remedy[0]].format(_and(remedy[2]), remedy[1]),
    "part": _part,
    "label": lambda label: f": {label[0]}" if label else "",
    "sources": lambda sources: f"Bron: {'; '.join(sources)}." if sources else "",
}
