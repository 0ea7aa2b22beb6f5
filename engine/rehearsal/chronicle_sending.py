"""What a step sets going, as a chronicle tells it: terms with their days, messages, and letters with their readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from engine.core.deciding.lateness import deadlines_of
from engine.core.deciding.situation import project_clock
from engine.core.deciding.step import DeadlineKind, EntryKind
from engine.rehearsal.told_step import Details, Entries, StoryCase, ToldStep, between, mapping_of, said_of
from engine.store.records import JournalEntry, LetterRow
from engine.words.of_chronicles import ABOUT, TERM_ENDS, say_line, say_moment
from engine.words.of_journal import LEDGER_WORDS


def tell_clocks(one: StoryCase, step: ToldStep, entries: Entries) -> Iterator[str]:
    """What becomes of clocks; those of which the same is told stand together."""
    verbs: dict[str, dict[str, None]] = {}
    for entry in entries:
        if isinstance(said := entry.details.get("entry"), Mapping):
            verb = LEDGER_WORDS.get(str(said["kind"]), str(said["kind"]))
            verbs.setdefault(str(entry.details["clock"]), {})[verb] = None
        elif entry.details.get("clock"):
            yield say_line("clock_moved", **{key: entry.details.get(key) for key in ("clock", "was", "becomes")})
    alike: dict[tuple[str, str], list[str]] = {}
    for key, words in verbs.items():
        alike.setdefault((" en ".join(words), _ends(one, key, step.counted[key])), []).append(key)
    for (told, ends), keys in alike.items():
        yield say_line("clock", clock=", ".join(keys), verbs=told, ends=ends)


def _ends(one: StoryCase, key: str, lines: int) -> str:
    """The last day of a clock after so many lines of its ledger, and when it reminds; nothing when it does not run."""
    clock = one.case.clock(key)
    if clock is None or one.content.find_term(clock.term) is None:
        return ""
    clock = replace(clock, ledger=clock.ledger[:lines], fired=())
    projection = project_clock(one.content, clock)
    if projection.late_from is None:
        return ""
    until = TERM_ENDS["moment"].format(moment=say_moment(projection.late_from))
    if not projection.in_hours and projection.last_day is not None:
        until = TERM_ENDS["day"].format(day=projection.last_day)
    due = (one for one in deadlines_of(one.content, ((clock, projection),)) if one.kind is DeadlineKind.REMINDER)
    reminders = [f"{one.number}: {say_moment(one.due_at)}" for one in due]
    return until + (TERM_ENDS["reminders"].format(reminders=", ".join(reminders)) if reminders else "")


def tell_reminder(_: StoryCase, step: ToldStep, entry: JournalEntry) -> Iterator[str]:
    """A reminder that sent nobody a message: only a letter, or nothing because it was passed over."""
    if not _is_told_of(step, entry, "term_warning"):
        code = "skipped" if entry.details.get("skipped") else "reminded"
        yield say_line(code, number=entry.details.get("number"), clock=entry.details["clock"])


def tell_passing(_: StoryCase, step: ToldStep, entry: JournalEntry) -> Iterator[str]:
    """A term that passed without a message."""
    if not _is_told_of(step, entry, "term_passed"):
        yield say_line("passed", clock=entry.details["clock"])


def _is_told_of(step: ToldStep, entry: JournalEntry, about: str) -> bool:
    """Whether a message of the same step says it too."""
    term = str(entry.details["clock"]).partition("/")[0]
    notices = (one.details for one in step.entries if one.kind is EntryKind.NOTICE)
    return any((said["about"], said.get("term")) == (about, term) for said in notices)


def tell_notices(_: StoryCase, step: ToldStep, entries: Entries) -> Iterator[str]:
    """Who is told what; who is told the same stands together."""
    told: dict[str, list[str]] = {}
    for entry in entries:
        told.setdefault(_about(step, entry.details), []).append(str(entry.details["to"]))
    yield from (say_line("notice", to=", ".join(to), about=about) for about, to in told.items())


def _about(step: ToldStep, said: Details) -> str:
    parameters = mapping_of(said.get("parameters"))
    known = {"transition": "", "number": "", **parameters, "term": said.get("term", "")}
    about, term = str(said["about"]), str(said.get("term") or "")
    if about in ABOUT:
        return ABOUT[about].format(**known) + (f" ({parameters['record']})" if parameters.get("record") else "")
    more = {name: step.names.get(str(value), value) for name, value in parameters.items()}
    return f"{about}{between(more)}" + (f" {term}" if term else "")


def tell_letters(one: StoryCase, step: ToldStep, entries: Entries) -> Iterator[str]:
    """What was ordered, for whom; marked when it does not leave at this moment."""
    told: dict[tuple[str, bool, str], list[str]] = {}
    for said in (entry.details for entry in entries):
        fields = _fields(one.letters.get(str(said["key"])))
        told.setdefault((str(said["letter"]), said["key"] in step.sent, fields), []).append(str(said["addressee"]))
    for (letter, is_sent, fields), to in told.items():
        yield say_line("letter" if is_sent else "letter_waits", letter=letter, to=", ".join(to), says=fields)


def _fields(row: LetterRow | None) -> str:
    """The days, numbers and answers that a letter says; not its names and sentences."""
    if row is None:
        return ""
    fields = row.frozen.fields if row.frozen else row.letter.fields
    shown = {name: value for name, value in fields.items() if isinstance(value, bool | int | float | date | datetime)}
    return f": {said_of(shown)}" if shown else ""


def tell_sent(_: StoryCase, step: ToldStep, entries: Entries) -> Iterator[str]:
    """What leaves later than it was ordered."""
    told: dict[str, list[str]] = {}
    for said in (entry.details for entry in entries if entry.details["key"] not in step.ordered):
        told.setdefault(str(said["letter"]), []).append(str(said["addressee"]))
    yield from (say_line("sent", letter=letter, to=", ".join(to)) for letter, to in told.items())
