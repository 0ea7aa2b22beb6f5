"""A rehearsal workplace on a real SQLite database, with the invented garden or the real content of this project."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import ClassVar

from engine.core.deciding.advance import Act
from engine.core.deciding.amending import Amended, Amendment, RecordAmendment
from engine.core.deciding.case import Actor, Case
from engine.core.deciding.correcting import Correction
from engine.core.deciding.mending import FactCorrection
from engine.core.deciding.step import Refusal, Step
from engine.core.deciding.subject import Subject
from engine.core.language.facts import Value
from engine.core.moment import LOCAL_ZONE
from engine.line.case_line import open_line
from engine.rehearsal.declared_people import declare_people
from engine.runtime import Runtime
from engine.settings import load_settings
from engine.store.journal import verify
from engine.store.records import DeadlineRow, JournalEntry, LetterRow
from engine.usecases.advance_case import advance_case, record_facts
from engine.usecases.correct_case import correct_case
from engine.usecases.correct_dossier import correct_dossier
from engine.usecases.correct_term import correct_term
from engine.usecases.dossier import content_about
from engine.usecases.init_workplace import init_workplace
from engine.usecases.open_case import open_case
from engine.usecases.pass_time import TimeReport, pass_time
from engine.usecases.undo_act import undo_act
from tests.core.decisions.garden import FITS, KEEPER, ROOT, WHO
from tests.real_content import REAL, compiled_copies

PEOPLE = ("T. Visser", "A. de Boer", "S. Yildiz", "R. Bakker", "C. Yildiz", "I. Anders")
"""Who is in the register of the real organisation, in this order, as its stories name them."""


def at(text: str) -> datetime:
    """A local moment as people write it: 2027-03-24 09:00; the hour may be left out."""
    return datetime.fromisoformat(text if " " in text else f"{text} 09:00").replace(tzinfo=LOCAL_ZONE)


class Office:
    """A workplace and the people in it; every act is a use case, as the command line would call it."""

    made: ClassVar[list[Office]] = []

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.runtime = Runtime(load_settings(folder, {}))
        Office.made.append(self)

    def put_clock(self, moment: str) -> None:
        """The clock stands at a later moment, and nothing else happens: as when the scheduler was down."""
        with self.runtime.store.transaction() as tx:
            tx.set_clock_moment(at(moment))

    def pass_time(self, until: str) -> TimeReport:
        """Time passes and everything due on the way is done."""
        return pass_time(self.runtime, at(until))

    def open(self, workflow: str, facts: Mapping[str, Value], actor: Actor, entry: str = "") -> str:
        """Open a case; its number."""
        with open_line(self.runtime) as line:
            outcome = open_case(line, workflow, facts, actor, entry=entry)
        assert isinstance(outcome, Step), outcome
        return outcome.after.id

    def act(
        self, case_id: str, transition: str, actor: Actor, facts: Mapping[str, Value] | None = None, reason: str = ""
    ) -> Step | Refusal:
        """Take a transition."""
        command = Act(transition=transition, facts=facts or {}, reason=reason)
        with open_line(self.runtime) as line:
            return advance_case(line, case_id, command, actor)

    def record(self, case_id: str, facts: Mapping[str, Value], actor: Actor) -> Step | Refusal:
        """Write down facts."""
        with open_line(self.runtime) as line:
            return record_facts(line, case_id, facts, actor)

    def put_right(self, case_id: str, facts: Mapping[str, Value], actor: Actor) -> Step | Refusal:
        """What was written down was wrong."""
        with open_line(self.runtime) as line:
            return correct_case(line, case_id, FactCorrection(facts=facts, reason="tikfout"), actor)

    def in_dossier(self, number: str, kind: str, fields: Mapping[str, Value], actor: Actor) -> None:
        """Put a record in the dossier with this number, which may be the first that is known of it."""
        with open_line(self.runtime) as line:
            content, of = content_about(self.runtime)
            organisation = self.runtime.settings.organisation
            found = line.work.load_subject(organisation, of.id, number)
            subject = found or Subject(organisation=organisation, kind=of.id, number=number)
            one = RecordAmendment(kind=kind, number=0, fields=fields)
            outcome = correct_dossier(line, content, subject, Amendment(records=(one,), reason="overgenomen"), actor)
        assert isinstance(outcome, Amended), outcome

    def undo(self, case_id: str, actor: Actor) -> Step | Refusal:
        """The last act is taken back."""
        with open_line(self.runtime) as line:
            return undo_act(line, case_id, "verkeerde zaak", actor)

    def correct(self, case_id: str, clock: str, number: int, actor: Actor, to: date | None = None) -> Step | Refusal:
        """Take a line of a ledger back, or move it to the right day."""
        with open_line(self.runtime) as line:
            return correct_term(line, case_id, Correction(clock=clock, number=number, reason="x", day=to), actor)

    def case(self, case_id: str) -> Case:
        """The case as it stands."""
        with self.runtime.reading() as readings:
            return readings.load_case(case_id)

    def cases(self) -> list[Case]:
        """All cases."""
        with self.runtime.reading() as readings:
            return sorted(readings.each_case(self.runtime.settings.organisation), key=lambda case: case.id)

    def deadlines(self, case_id: str) -> tuple[DeadlineRow, ...]:
        """The deadlines of a case, whatever became of them."""
        with self.runtime.reading() as readings:
            return readings.deadlines(case_id)

    def letters(self, case_id: str) -> tuple[LetterRow, ...]:
        """The letters of a case."""
        with self.runtime.reading() as readings:
            return readings.letters(case_id)

    def journal(self, case_id: str) -> tuple[JournalEntry, ...]:
        """The journal of a case."""
        with self.runtime.reading() as readings:
            return readings.journal(case_id)

    def is_sound(self) -> bool:
        """Whether the chain of the journal is whole."""
        with self.runtime.reading() as readings:
            return verify(readings, self.runtime.settings.organisation) is None

    def close(self) -> None:
        """Close the workplace."""
        self.runtime.close()

    @classmethod
    def close_all(cls) -> None:
        """Close every workplace that a test opened, whether it thought of it or not."""
        while cls.made:
            cls.made.pop().close()


def make_world(folder: Path) -> Path:
    """The content of the garden, with the letterhead of the national layer, so that its letters can be made."""
    shutil.copytree(ROOT, folder)
    look = REAL / "templates" / "letters" / "landelijk"
    own = folder / "templates" / "letters" / "tuindorp"
    shutil.copytree(look, own, dirs_exist_ok=True, ignore=shutil.ignore_patterns("L-*"))
    return folder


def change(content: Path, name: str, old: str, new: str) -> None:
    """Change one thing in a file of the content, as a process owner would."""
    path = content / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (name, old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8")


def free_day(content: Path, day: str) -> None:
    """A day of the garden that is equated with a holiday from now on: what counts for cases that run, too."""
    change(
        content, "rules/tuindorp/calendar/2025-01-01.yaml", "vacations:", f"equated_days: [{{day: {day}}}]\nvacations:"
    )


def make_office(folder: Path, start: str, content: Path, *, organisation: str = "tuindorp") -> Office:
    """A new rehearsal workplace whose clock stands at `start`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".trede-cache").symlink_to(compiled_copies())  # to parse the content anew costs seconds
    init_workplace(folder, organisation=organisation, is_rehearsal=True, clock_at=at(start), content=content)
    office = Office(folder)
    if organisation == "almere":
        declare_people(office.runtime, PEOPLE, "")
    return office


def member(number: int) -> dict[str, Value]:
    """Somebody who wants a garden."""
    return {**WHO, "tuinder.nummer": f"lid-{number}", "tuinder.naam": f"Tuinder {number}", "uitleg": "te druk"}


def ask_gardens(office: Office, count: int, facts: Mapping[str, Value] | None = None) -> list[str]:
    """So many people ask for a garden that fits."""
    return [office.open("tuin", {**member(number), **FITS, **(facts or {})}, KEEPER) for number in range(count)]


def day(text: str) -> date:
    """A date."""
    return date.fromisoformat(text)
