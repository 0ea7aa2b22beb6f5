"""A workplace to measure in: the content of this project, in a folder of its own, every commit on disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.core.deciding.advance import Act
from engine.core.deciding.case import Actor
from engine.core.deciding.opening import Opening, new_case
from engine.core.deciding.opening import open_case as decide_opening
from engine.core.deciding.question import ask
from engine.core.deciding.step import Step
from engine.core.language.facts import Value
from engine.core.moment import LOCAL_ZONE, local_day
from engine.line.case_line import open_line
from engine.rehearsal.declared_people import declare_people
from engine.runtime import Runtime
from engine.settings import load_settings
from engine.store.database import Store
from engine.usecases.advance_case import advance_case
from engine.usecases.init_workplace import init_workplace
from engine.usecases.open_case import open_case
from tests.scenarios import story_of_a_grant as story
from tests.usecases.workplace import PEOPLE

CONTENT = Path(__file__).parents[1]
START = datetime(2027, 1, 11, 9, tzinfo=LOCAL_ZONE)
APPLICANT, ADMISSION = story.APPLICANT, story.ADMISSION
DAY = START.date().isoformat()
Course = tuple[tuple[str, Actor, dict[str, Value]], ...]
# Every act of a person on one application, in order, until it lies there for decision.
COURSE: Course = (
    ("indienen", APPLICANT, story.FORM),
    ("aanvulling_vragen", ADMISSION, {}),
    ("deel_aangevuld", APPLICANT, {"stukken": ("aanvraagformulier", "inspanningen", "zienswijze_leerling")}),
    ("aanvulling_ontvangen", APPLICANT, story.COMPLETE),
    ("deskundigen_toewijzen", ADMISSION, story.EXPERTS),
    ("advies_vastleggen", Actor(role="deskundige_1"), story.advice(1, DAY)),
    ("advies_vastleggen", Actor(role="deskundige_2"), story.advice(2, DAY)),
    ("adviezen_compleet", ADMISSION, {"advies_gestuurd_aan_ouders_op": START.date()}),
    ("besluitrijp_maken", ADMISSION, {"voornemen": "toekennen"}),
)
LIGHTEST = 2


class DurableRuntime(Runtime):
    """A rehearsal workplace (its clock can be set) that waits for the disk as a real one does."""

    @cached_property
    def store(self) -> Store:
        return Store(self.settings.database_url, self.settings.organisation, survives_power_cut=True)


@contextmanager
def workplace(database: str = "") -> Iterator[DurableRuntime]:
    """A rehearsal workplace, opened, gone afterwards; on another database when one is named."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "werkplek"
        init_workplace(
            place, organisation="almere", is_rehearsal=True, clock_at=START, content=CONTENT, database_url=database
        )
        runtime = DurableRuntime(load_settings(place, {}))
        declare_people(runtime, PEOPLE, "")
        try:
            yield runtime
        finally:
            runtime.close()


def open_application(runtime: Runtime, number: int) -> str:
    """A new application; its number."""
    # Said twice, so that no two pupils are one slip of the pen apart: who looks like somebody known is asked about.
    facts = {**story.WHO, "leerling.nummer": f"9{number:04d}{number:04d}"}
    with open_line(runtime) as line:
        outcome = open_case(line, "tlv", facts, APPLICANT, entry="aanvraag")
    assert isinstance(outcome, Step), outcome
    return outcome.after.id


def take_act(runtime: Runtime, case_id: str, number: int) -> None:
    """Act `number` of the course, as a consultant takes it."""
    transition, actor, facts = COURSE[number]
    with open_line(runtime) as line:
        outcome = advance_case(line, case_id, Act(transition=transition, facts=facts), actor)
    assert isinstance(outcome, Step), outcome


def apply_for(runtime: Runtime, number: int) -> str:
    """An application that was handed in and waits for documents; its number."""
    case_id = open_application(runtime, number)
    for act in range(LIGHTEST):
        take_act(runtime, case_id, act)
    return case_id


def bring_documents(runtime: Runtime, case_id: str, turn: int) -> None:
    """Part of the documents comes in: an act that may be done again and again."""
    missing = "zienswijze_leerling" if turn % 2 else "zienswijze_ouders"
    command = Act(transition="deel_aangevuld", facts={"stukken": ("aanvraagformulier", "inspanningen", missing)})
    with open_line(runtime) as line:
        outcome = advance_case(line, case_id, command, APPLICANT)
    assert isinstance(outcome, Step), outcome


def opened_at(runtime: Runtime, moment: datetime) -> Step:
    """The step that opens an application at a moment, not written."""
    content = runtime.content("tlv", local_day(moment))
    facts = {**story.WHO, "leerling.nummer": "900000000"}
    opening = Opening(case_id="TLV-0", entry="aanvraag", facts=facts)
    step = decide_opening(ask(content, new_case(content, opening, moment), APPLICANT, moment, ()), opening)
    assert isinstance(step, Step), step
    return step


def copy_of(step: Step, number: int) -> Step:
    """The same step for another pupil."""
    pupil, new = f"9{number:08d}", step.subject
    assert new is not None  # the opening of the first application made a dossier
    change = replace(new, before=replace(new.before, number=pupil), after=replace(new.after, number=pupil))
    after = replace(step.after, id=f"TLV-0000-{number:07d}", subject=pupil)
    return replace(step, after=after, subject=change)
