"""F-12 and F-14 with the content of this project: mistakes that people make in a request for a TLV."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.core.deciding.advance import Act
from engine.core.deciding.case import Actor
from engine.core.deciding.mending import FactCorrection
from engine.core.deciding.step import BlockerKind, Refusal, Step
from engine.core.language.facts import Value
from engine.line.case_line import open_line
from engine.rehearsal.declared_people import declare_people
from engine.rehearsal.memory import MemoryRuntime
from engine.usecases.advance_case import advance_case, record_facts
from engine.usecases.correct_case import correct_case
from engine.usecases.open_case import open_case
from engine.usecases.pass_time import pass_time
from engine.words.of_errors import say_refused
from tests.real_content import real_catalogue
from tests.scenarios.story_of_a_grant import COMPLETE
from tests.scenarios.story_of_a_grant import FORM as FIRST_FORM
from tests.scenarios.story_of_a_grant import WHO as REQUEST
from tests.usecases.workplace import PEOPLE

START = datetime(2027, 1, 11, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))
FORM: dict[str, Value] = {**FIRST_FORM, **COMPLETE, "toestemming_verslagen_derden": True}
INHOUD = ("voor_deze_aanvraag", "toetst_criteria", "waarom_geen_arrangement", "recent_onderzoek")


def advice(number: int) -> dict[str, Value]:
    """What an expert says, signed."""
    expert, said = f"deskundige_{number}", f"advies_{number}"
    return {
        f"{said}.op": date(2027, 1, 11),
        f"{said}.ondertekend": True,
        f"{said}.eigen_stuk": True,
        f"{said}.inhoud": INHOUD,
        f"{expert}.in_dienst_bij_aanvrager": False,
        f"{expert}.betrokken_bij_begeleiding": False,
        f"{expert}.betrokken_bij_aanvraag": False,
    }


class Request:
    """One request for a TLV in a workplace of its own; every act an hour after the one before."""

    def __init__(self, runtime: MemoryRuntime) -> None:
        self.runtime, self.now = runtime, START
        with open_line(runtime) as line:
            opened = open_case(line, "tlv", REQUEST, Actor(role="aanvrager"), entry="aanvraag")
        assert isinstance(opened, Step)
        self.id = opened.after.id

    def act(self, transition: str, role: str, **facts: Value) -> Step | Refusal:
        """Somebody takes a transition; what is due until then happens first."""
        self.wait(timedelta(hours=1))
        command = Act(transition=transition, facts={**facts}, reason="zo is het")
        with open_line(self.runtime) as line:
            return advance_case(line, self.id, command, Actor(role=role))

    def record(self, role: str, facts: dict[str, Value]) -> Step | Refusal:
        """Facts come in."""
        with open_line(self.runtime) as line:
            return record_facts(line, self.id, facts, Actor(role=role))

    def correct(self, role: str, facts: dict[str, Value]) -> Step | Refusal:
        """What was known was wrong."""
        with open_line(self.runtime) as line:
            return correct_case(line, self.id, FactCorrection(facts=facts, reason="tikfout"), Actor(role=role))

    def wait(self, length: timedelta) -> None:
        """Time passes, and the post leaves."""
        self.now += length
        pass_time(self.runtime, self.now)

    def granted(self) -> Request:
        """The same request, granted and made known."""
        for transition, role, facts in (
            ("indienen", "aanvrager", FORM),
            ("volledig_verklaren", "toeleiding", {}),
            ("deskundigen_toewijzen", "toeleiding", EXPERTS),
            ("advies_vastleggen", "deskundige_1", advice(1)),
            ("advies_vastleggen", "deskundige_2", advice(2)),
            ("adviezen_compleet", "toeleiding", {"advies_gestuurd_aan_ouders_op": date(2027, 1, 11)}),
            ("besluitrijp_maken", "toeleiding", {"voornemen": "toekennen"}),
            ("toekennen", "teamleider_toeleiding", GRANT),
        ):
            outcome = self.act(transition, role, **facts)
            assert isinstance(outcome, Step), outcome
        self.wait(timedelta(days=1))  # the decision was taken as the office closed: its post leaves the next morning
        return self


EXPERTS: dict[str, Value] = {
    "deskundige_1.persoon": "A. de Boer",
    "deskundige_1.discipline": "orthopedagoog",
    "deskundige_1.adres": "Postbus 3 te Almere",
    "deskundige_2.persoon": "C. Yildiz",
    "deskundige_2.discipline": "maatschappelijk_werker",
    "deskundige_2.adres": "Postbus 4 te Almere",
    "betrokken_deskundigen": (),
}
GRANT: dict[str, Value] = {
    "leerling.emb": False,
    "tlv.categorie": "categorie_1",
    "tlv.looptijd": 1,
    "ondersteuningsbehoefte": "Een kleine groep en een vaste leraar",
    "besluit.motivering": "Extra hulp op de eigen school was niet genoeg",
    "besluit.samenvatting_adviezen": "Beide deskundigen vinden een kleine groep nodig",
    "besluit.beslisser": "R. Bakker",
}


@pytest.fixture
def request_for_tlv() -> Iterator[Request]:
    runtime = MemoryRuntime(real_catalogue(), "almere")
    with closing(runtime):
        runtime.begin(START)
        declare_people(runtime, PEOPLE, "")
        yield Request(runtime)


def refused(outcome: Step | Refusal) -> dict[str, BlockerKind]:
    assert isinstance(outcome, Refusal), outcome
    return {blocker.subject: blocker.kind for blocker in outcome.blockers}


FOREIGN: dict[str, Value] = {
    "advies_1.ondertekend": True,
    "advies_2.ondertekend": True,
    "besluit.motivering": "Zo is het goed",
    "deskundige_1.persoon": "A. de Boer",
    "zienswijze.ouders": "geen_bezwaar",
}


@pytest.mark.parametrize("fact", FOREIGN)
def test_the_applicant_writes_no_signature_of_an_expert_and_no_reasons_of_the_decision(
    request_for_tlv: Request, fact: str
) -> None:
    not_hers = (
        {fact: BlockerKind.NOT_SUPPLIER},
        {fact: BlockerKind.NOT_AT_HAND},
    )  # of a record that nobody writes here
    along = {**FORM, fact: FOREIGN[fact]}
    assert refused(request_for_tlv.record("aanvrager", {fact: along[fact]})) in not_hers
    assert refused(request_for_tlv.act("indienen", "aanvrager", **along)) in not_hers
    with open_line(request_for_tlv.runtime) as line:
        opened = open_case(
            line, "tlv", {**REQUEST, "leerling.nummer": "900000777", fact: along[fact]}, Actor(role="aanvrager")
        )
    assert refused(opened) in not_hers


def test_one_expert_does_not_sign_for_the_other(request_for_tlv: Request) -> None:
    for transition, role, facts in (
        ("indienen", "aanvrager", FORM),
        ("volledig_verklaren", "toeleiding", {}),
        ("deskundigen_toewijzen", "toeleiding", EXPERTS),
    ):
        assert isinstance(request_for_tlv.act(transition, role, **facts), Step)
    outcome = request_for_tlv.act("advies_vastleggen", "deskundige_1", **advice(1), **advice(2))
    assert set(refused(outcome)) == set(advice(2))
    assert isinstance(request_for_tlv.act("advies_vastleggen", "secretariaat", **advice(2)), Step)


def test_a_published_decision_cannot_be_typed_over_and_the_way_to_a_new_one_is_named(request_for_tlv: Request) -> None:
    case = request_for_tlv.granted()
    for outcome in (
        case.correct("toeleiding", {"tlv.looptijd": 3}),
        case.record("toeleiding", {"tlv.looptijd": 3}),
        case.correct("directeur_bestuurder", {"besluit.motivering": "Een andere reden"}),
        case.record("directeur_bestuurder", {"besluit.beslisser": "I. Anders"}),
        case.record("toeleiding", {"besluit.latere_begindatum": date(2027, 9, 1)}),  # it was decided without it
    ):
        assert set(refused(outcome).values()) == {BlockerKind.FIXED}
    assert isinstance(outcome, Refusal)
    said = outcome.blockers[0].said
    assert said is not None
    assert re.search("begint hier met .*`trede case advance .* besluit_wijzigen`", say_refused(said))
