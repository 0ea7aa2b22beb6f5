"""The count: how much was tried, noticed and explained, and what is open. A test reads the page back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.definitions.reading.yaml_reader import read_yaml
from tools.removals.changes import Change
from tools.removals.kept import Verdict

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "removals.md"
EXPLAINED = Path(__file__).with_name("explained.yaml")
COLUMNS = ("things", "tried", "noticed", "survived", "explained", "open")
_HEAD = """# What is noticed when it is taken out of the content

<!-- made by `python -m tools.removals --page` from what was tried last; what is tried is told in its `--help` -->

Each thing of the rule sets and workflows is taken away once, or turned round once; why, and what was found, stands in
[a decision](decisions/what-removals-show.md). *Explained* are the survivors of which it is known why nothing can notice
them (`tools/removals/explained.yaml`); *open* are those that still need a test, or an explanation.
"""

Known = Mapping[Change, Verdict | None]


@dataclass(frozen=True, slots=True)
class Explained:
    """A survivor that nothing can notice, and why."""

    change: str
    why: str


class Stale(Exception):
    """What is explained is not there, or it is noticed after all."""


def read_explained(path: Path = EXPLAINED) -> tuple[Explained, ...]:
    """What the file explains: a list of `things` that share one `why`."""
    groups = read_yaml(path.read_text(encoding="utf-8"), path.name).value
    assert isinstance(groups, list)
    return tuple(Explained(str(thing), str(group["why"])) for group in groups for thing in group["things"])


def stale(explained: Iterable[Explained], known: Known) -> Iterator[str]:
    """What is explained and is not there (any more), stands there twice, or is noticed by somebody."""
    by_text = {change.text: verdict for change, verdict in known.items()}
    times = Counter(one.change for one in explained)
    for text, count in times.items():
        verdict = by_text.get(text)
        if text not in by_text:
            yield f"{text}: there is no such thing"
        elif verdict is not None and verdict.noticed:
            yield f"{text}: noticed by {verdict.noticed}"
        if count > 1:
            yield f"{text}: explained {count} times"


def page_of(known: Known, explained: Iterable[Explained], again: int = 0) -> str:
    """The page; so many are to be tried `again`. Raises Stale when what is explained is no survivor."""
    told = tuple(explained)
    if wrong := tuple(stale(told, known)):
        raise Stale("\n".join(wrong))
    texts = frozenset(one.change for one in told)
    parts = (
        _HEAD,
        f"Of what was tried, {again} rest on files that are others by now: the next run tries them again.\n",
        _table("kind", known, texts, lambda one: ("turned round: " if one.is_flip else "taken away: ") + one.kind),
        _table("procedure", known, texts, lambda one: one.procedure),
        _open(known, texts),
    )
    return "\n".join(parts)


def _table(title: str, known: Known, explained: frozenset[str], by: Callable[[Change], str]) -> str:
    rows: dict[str, Counter[str]] = {}
    for change, verdict in known.items():
        for name in (by(change), "all"):
            rows.setdefault(name, Counter()).update(_marks(change, verdict, explained))
    lines = [f"| {title} | {' | '.join(COLUMNS)} |", f"|---{'|---:' * len(COLUMNS)}|"]
    for name in sorted(rows, key=lambda one: (one == "all", one)):
        lines.append(f"| {name} | {' | '.join(str(rows[name][column]) for column in COLUMNS)} |")
    return "\n".join(lines) + "\n"


def _marks(change: Change, verdict: Verdict | None, explained: frozenset[str]) -> Iterator[str]:
    yield "things"
    if verdict is None:
        return
    yield from ("tried", "noticed" if verdict.noticed else "survived")
    if not verdict.noticed:
        yield "explained" if change.text in explained else "open"


def _open(known: Known, explained: frozenset[str]) -> str:
    found = [one.text for one, verdict in known.items()
             if verdict is not None and not verdict.noticed and one.text not in explained]  # fmt: skip
    listed = "\n".join(f"* {text}" for text in sorted(found, key=lambda text: (text.rpartition("(")[2], text)))
    return f"## Open\n\n{listed or 'Nothing.'}\n"
