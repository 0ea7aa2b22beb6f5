"""An office in the world of rounds: three schools that are visited, and children of whom some are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from engine.core.deciding.amending import Amended, Amendment
from engine.core.deciding.case import Actor
from engine.core.deciding.planned_work import Fate
from engine.core.deciding.subject import Subject
from engine.core.language.facts import Value
from engine.line.case_line import open_line
from engine.store.planned import TurnRow, occasions_since
from engine.usecases.correct_dossier import correct_dossier
from engine.usecases.init_workplace import init_workplace
from engine.usecases.reproject_cases import reproject_changed
from tests.usecases.workplace import Office, at, day, make_office

WORLD = Path(__file__).parent / "world_of_rounds"
VISITOR = Actor(role="bezoeker", name="B. Zoeker")
VISITS, DRAW = "rondgang.langs_de_scholen", "kijkje.loting"
# Worked out by hand: school week 1 begins on 17 August 2026; the autumn and Christmas vacations are no school
# weeks. De Linde (03CC00) is closed in the week of 2 November as well, so from then on it is a week later.
EVERY_FIVE_WEEKS = {
    "01AA00": ["2026-08-17", "2026-09-21", "2026-11-02", "2026-12-07", "2027-01-25", "2027-03-01"],
    "03CC00": ["2026-08-17", "2026-09-21", "2026-11-09", "2026-12-14", "2027-02-01", "2027-03-08"],
}


def rounds_office(
    folder: Path, start: str, content: Path = WORLD, planned: Iterable[str] | None = None, url: str = ""
) -> Office:
    """A rehearsal office there, in which this work comes up; None: all of it."""
    if url:
        folder.mkdir(parents=True, exist_ok=True)
        init_workplace(
            folder, organisation="dorp", is_rehearsal=True, clock_at=at(start), content=content, database_url=url
        )
        office = Office(folder)
    else:
        office = make_office(folder, start, content, organisation="dorp")
    office.runtime.planned = None if planned is None else frozenset(planned)
    return office


def occasions(office: Office, work: str = VISITS) -> list[TurnRow]:
    """What became of every time this work came up, by day."""
    with office.runtime.reading() as readings:
        return [row for row in occasions_since(readings, day("2020-01-01")) if row.work == work]


def done_days(office: Office, number: str) -> list[str]:
    """The days for which a case was opened about one of those it is for."""
    found = (row for row in occasions(office) if row.number == number and row.fate == Fate.DONE)
    return [row.planned_for.isoformat() for row in found]


def publish(office: Office) -> None:
    """What was changed in the folder counts from here on, as at the begin of each sweep of a rehearsal."""
    reproject_changed(office.runtime)


def add_children(office: Office, many: int, *, group: str = "onder", first: int = 0, special: bool = True) -> None:
    """So many children in the register, of one group."""
    for number in range(first, first + many):
        facts = {"kind.naam": f"Kind {number}", "kind.klas": group, "kind.bijzonder": special}
        put_in_register(office, f"k{number:04d}", facts)


def put_in_register(office: Office, number: str, facts: Mapping[str, Value]) -> None:
    """A child with this number, of whom this is known."""
    subject = Subject(organisation="dorp", kind="kind", number=number)
    amendment = Amendment(facts=facts, reason="overgenomen")
    with open_line(office.runtime) as line:
        outcome = correct_dossier(line, line.content("kijkje"), subject, amendment, VISITOR)
    assert isinstance(outcome, Amended), outcome
