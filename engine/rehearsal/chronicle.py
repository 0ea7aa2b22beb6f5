"""The chronicle of a story: everything that it did, in short lines, from what was written in the journal.

What the story says itself (the facts of its acts) is not told again; who reads it has the story beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from textwrap import wrap

from engine.core.deciding.step import EntryKind, Refusal
from engine.core.language.conditions import Literal
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.definitions.script import ScriptedAct
from engine.rehearsal.chronicle_lines import tell_refusal, tell_step
from engine.rehearsal.report import Deed
from engine.rehearsal.told_step import StoryCase, ToldStep
from engine.runtime import Runtime
from engine.store.readings import Readings
from engine.store.records import JournalEntry
from engine.words.of_chronicles import say_moment

Chronicle = tuple[str, ...]
"""Lines: a moment with a case, and below it, indented, what happened there."""

WIDTH = 118
INDENT = "  "


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paragraph:
    """What stands under one moment and case; it comes after the line of the journal with this number."""

    after: int
    title: str
    lines: tuple[str, ...]


def tell_chronicle(runtime: Runtime, deeds: Sequence[Deed]) -> Chronicle:
    """What lies in the store of a rehearsal, oldest first; `deeds` are the acts of its people, with what came of them.

    Always the same for the same story on the same content.
    """
    with runtime.reading() as readings:
        cases = _cases(runtime, readings)
        lines = sorted((line for one in cases for line in readings.journal(one)), key=lambda line: line.seq)
    blocks = sorted([*_steps(lines, cases, deeds), *_refusals(deeds, cases)], key=lambda one: one.after)
    together = groupby(blocks, key=lambda one: one.title)
    return tuple(line for title, same in together for line in (title, *(line for one in same for line in one.lines)))


def _cases(runtime: Runtime, readings: Readings) -> Mapping[str, StoryCase]:
    """By number, each with its name: that of its workflow, with a number from the second on."""
    day, organisation = local_day(runtime.moment_by(readings)), runtime.settings.organisation
    seen: Counter[str] = Counter()
    found: dict[str, StoryCase] = {}
    for _, number in readings.changes_since(organisation, 0, EntryKind.OPENED.value):
        case = readings.load_case(number)
        seen[case.workflow] += 1
        nth = seen[case.workflow]
        found[number] = StoryCase(
            name=case.workflow if nth == 1 else f"{case.workflow}_{nth}",
            case=case,
            content=runtime.content_of(case, day),
            letters={row.letter.key: row for row in readings.letters(number)},
            parent=found.get(case.parent),
        )
    return found


def _steps(
    lines: Sequence[JournalEntry], cases: Mapping[str, StoryCase], deeds: Sequence[Deed]
) -> Iterator[_Paragraph]:
    names = {number: one.name for number, one in cases.items()}
    letters = _letters_of(lines)
    counted: Counter[tuple[str, str]] = Counter()
    for (at, number), group in groupby(lines, key=lambda line: (line.at, line.case_id)):
        entries, told = tuple(group), list[str]()
        sent, ordered = (letters[at, number, kind] for kind in (EntryKind.LETTER_SENT, EntryKind.LETTER_ORDERED))
        given = frozenset(said for deed in deeds if deed.at == at for said in _said_by(deed.act))
        for _, version in groupby(entries, key=lambda line: line.case_version):
            step = tuple(version)
            counted.update((number, str(one.details["clock"])) for one in step if _is_of_ledger(one))
            counts = {clock: amount for (one, clock), amount in counted.items() if one == number}
            told += tell_step(
                cases[number],
                ToldStep(
                    entries=step,
                    counted=counts,
                    given=given,
                    names=names,
                    sent=frozenset(sent),
                    ordered=frozenset(ordered),
                ),
            )
        if told:
            title = f"{say_moment(at)} {names[number]}"
            yield _Paragraph(after=entries[0].seq, title=title, lines=tuple(_laid_out(told)))


def _is_of_ledger(entry: JournalEntry) -> bool:
    return entry.kind is EntryKind.CLOCK and "entry" in entry.details


def _letters_of(lines: Iterable[JournalEntry]) -> Mapping[tuple[datetime, str, EntryKind], set[object]]:
    """The keys of the letters that a case ordered or sent at a moment, also when another case moved in between."""
    found = defaultdict[tuple[datetime, str, EntryKind], set[object]](set)
    for line in lines:
        if line.kind in (EntryKind.LETTER_ORDERED, EntryKind.LETTER_SENT):
            found[line.at, line.case_id, line.kind].add(line.details["key"])
    return found


def _said_by(act: ScriptedAct) -> Iterator[str]:
    """The facts that an act gives, and its texts of more than a word: names and addresses, which are passed on."""
    yield from act.facts
    values = (one.value for one in act.facts.values() if isinstance(one, Literal))
    yield from (value for value in values if isinstance(value, str) and " " in value)


def _refusals(deeds: Sequence[Deed], cases: Mapping[str, StoryCase]) -> Iterator[_Paragraph]:
    for deed in deeds:
        if isinstance(deed.outcome, Refusal):
            case = cases.get(deed.outcome.case_id)
            title = f"{say_moment(deed.at)} {case.name if case else deed.act.name}"
            lines = tuple(_laid_out([tell_refusal(deed.act, deed.outcome)]))
            yield _Paragraph(after=deed.after, title=title, lines=lines)


def _laid_out(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from wrap(
            line, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT * 3, break_long_words=False,
            break_on_hyphens=False,
        )  # fmt: skip
