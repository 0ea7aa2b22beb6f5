"""A workplace to measure in: the content of this project, or an older copy of it, in a folder of its own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from engine.core.deciding.advance import Act
from engine.core.deciding.case import Actor
from engine.core.deciding.step import Step
from engine.core.language.facts import Value
from engine.core.moment import LOCAL_ZONE
from engine.line.case_line import open_line
from engine.runtime import Runtime
from engine.settings import load_settings
from engine.usecases.advance_case import advance_case
from engine.usecases.init_workplace import init_workplace
from engine.usecases.open_case import open_case

CONTENT = Path(__file__).parents[1]
START = datetime(2027, 1, 11, 9, tzinfo=LOCAL_ZONE)
APPLICANT, ADMISSION = Actor(role="aanvrager"), Actor(role="toeleiding")
WHO: dict[str, Value] = {"leerling.naam": "Sam Voorbeeld", "sector": "vo", "tlv.soort": "vso"}
FORM: dict[str, Value] = {
    "aanvrager.hoedanigheid": "gemandateerd",
    "bevoegd_gezag": "42620",
    "school.brin": "01FP00",
    "school.contact": "Postbus 1 te Almere",
    "ouders.naam": "J. en M. Voorbeeld",
    "ouders.adres": "Voorbeeldstraat 1 te Almere",
    "leerling.situatie": "ingeschreven",
    "school_hoort_bij_swv": True,
    "plaats.cluster": "cluster_3_4",
    "overstap_op_geldige_tlv": False,
    "residentieel": False,
    "ouders.standpunt": "eens",
    "aanvraag.doelen": "Rustig leren werken in een kleine groep",
    "aanvraag.looptijd": 1,
    "stukken": ("aanvraagformulier", "inspanningen", "zienswijze_ouders"),
}


def make_workplace(folder: Path, content: Path = CONTENT) -> Runtime:
    """A rehearsal workplace, opened."""
    init_workplace(folder, organisation="almere", is_rehearsal=True, clock_at=START, content=content)
    return Runtime(load_settings(folder, {}))


def apply_for(runtime: Runtime, number: int) -> str:
    """An application that was handed in and waits for documents; its number."""
    with open_line(runtime) as line:
        opened = open_case(line, "tlv", {**WHO, "leerling.nummer": f"9{number:08d}"}, APPLICANT, entry="aanvraag")
    assert isinstance(opened, Step), opened
    for transition, actor, facts in (("indienen", APPLICANT, FORM), ("aanvulling_vragen", ADMISSION, {})):
        with open_line(runtime) as line:
            outcome = advance_case(line, opened.after.id, Act(transition=transition, facts=facts), actor)
        assert isinstance(outcome, Step), outcome
    return opened.after.id


def bring_documents(runtime: Runtime, case_id: str, turn: int) -> None:
    """Part of the documents comes in: an act that may be done again and again."""
    missing = "zienswijze_leerling" if turn % 2 else "zienswijze_ouders"
    command = Act(transition="deel_aangevuld", facts={"stukken": ("aanvraagformulier", "inspanningen", missing)})
    with open_line(runtime) as line:
        outcome = advance_case(line, case_id, command, APPLICANT)
    assert isinstance(outcome, Step), outcome
