"""A council consented on conditions: who publishes a rule set that an open one is about, is told, and may go on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.core.deciding.case import Actor
from engine.core.deciding.step import Step
from engine.line.open_conditions import open_conditions
from engine.rehearsal.publish_rules import Published, publish_rules
from tests.cli.terminal import Terminal
from tests.real_content import REAL
from tests.usecases.versions import CLERK, FLOW, GIVEN, RULES, ask, in_earnest, make_two_sectors, next_version
from tests.usecases.workplace import Office, change, make_office

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("in_november")]

OTHER = RULES.replace("verzoek", "overleg")
DESK = Actor(role="balie", name="B. Bakker")
DIRECTOR = Actor(role="directeur_bestuurder", name="D. Bos")
OFFICE = Actor(role="secretariaat", name="S. Yildiz")
KIND = """records:
  eis:
    label: Eis van de raad
    binds: over
    needs: [wat]
    written_by: [balie]
    life: {open: Nog te doen}
    ends: {gedaan: Gedaan, ingetrokken: Ingetrokken}
    fields:
      wat: {type: text, label: Wat, question: Wat vraagt de raad?}
      over: {type: choice, label: Over, question: Waarover?, choices: {verzoek: Verzoek, overleg: Overleg}}
terms:
  behandel"""
ACTS = """transitions:
  - {id: eisen, label: Een eis opschrijven, from: [ingediend], by: [balie], writes: eis}
  - {id: eis_gedaan, label: De eis is gedaan, from: [ingediend], by: [balie], changes: {eis: gedaan}}
  - {id: eis_ingetrokken, label: De eis is ingetrokken, from: [ingediend], by: [balie], changes: {eis: ingetrokken}}
"""


@pytest.fixture
def schools(tmp_path: Path) -> Path:
    made = make_two_sectors(tmp_path / "inhoud")
    change(made, RULES, "terms:\n  behandel", KIND)
    change(made, FLOW, "transitions:\n", ACTS)
    return made


@pytest.fixture
def office(tmp_path: Path, schools: Path) -> Office:
    return in_earnest(tmp_path / "kantoor", schools)


def demand(office: Office, over: str = "overleg", number: str = "1") -> str:
    """A case in which the council asked something; its number."""
    case_id = ask(office, "po", number)
    told = {"eis.wat": "Leg uit wie beslist", **({"eis.over": over} if over else {})}
    assert isinstance(office.act(case_id, "eisen", DESK, told), Step)
    return case_id


def publish(office: Office, *, dry_run: bool = False) -> Published:
    return publish_rules(Office(office.folder).runtime, CLERK, dry_run=dry_run)


def test_an_open_condition_is_told_with_the_rule_set_it_is_about_and_holds_nothing_back(
    office: Office, schools: Path
) -> None:
    case_id = demand(office)
    next_version(schools, OTHER, consent=GIVEN)
    planned = publish(office, dry_run=True)
    (told,) = planned.conditions
    assert (told.case_id, told.record, told.rules, told.life) == (case_id, "eis.1", ("overleg",), "Nog te doen")
    assert told.says == {"Wat": "Leg uit wie beslist"}, "what it surely holds, by the label of the field"
    assert not planned.is_refused
    done = publish(office)
    assert (done.number, done.conditions) == (2, planned.conditions)
    assert publish(office).conditions == (), "nothing is published any more"


def test_a_dry_run_prints_it_and_gives_it_in_json(office: Office, schools: Path) -> None:
    case_id = demand(office)
    next_version(schools, OTHER, consent=GIVEN)
    typed = ("rules", "publish", "--as", "hoofd", "--dry-run")
    page = Terminal(office.folder).run(*typed).expect(0).out
    assert f"Let op, {case_id}: Eis van de raad staat open bij de regelset overleg (Nog te doen)." in page
    assert "  Wat: Leg uit wie beslist" in page
    assert "Zonder --dry-run wordt dit gepubliceerd." in page
    (told,) = json.loads(Terminal(office.folder).run(*typed, "--json").expect(0).out)["conditions"]
    assert (told["case_id"], told["rules"]) == (case_id, ["overleg"])
    assert told.keys() == {"case_id", "record", "label", "life", "rules", "says"}


@pytest.mark.parametrize("act", ["eis_gedaan", "eis_ingetrokken"])
def test_a_condition_that_is_met_or_withdrawn_is_told_no_more(office: Office, schools: Path, act: str) -> None:
    assert isinstance(office.act(demand(office), act, DESK), Step)
    next_version(schools, OTHER, consent=GIVEN)
    assert publish(office, dry_run=True).conditions == ()


@pytest.mark.parametrize("over", ["verzoek", ""])
def test_a_condition_about_something_else_or_about_nothing_said_is_not_told(
    office: Office, schools: Path, over: str
) -> None:
    demand(office, over)
    next_version(schools, OTHER, consent=GIVEN)
    assert publish(office, dry_run=True).conditions == ()


def test_a_workflow_is_part_of_the_procedure_too(office: Office, schools: Path) -> None:
    case_id = demand(office, "verzoek")
    next_version(schools, FLOW)
    assert [(one.case_id, one.rules) for one in publish(office, dry_run=True).conditions] == [(case_id, ("verzoek",))]


def test_each_of_several_conditions_is_told_in_the_order_of_the_cases(office: Office, schools: Path) -> None:
    cases = [demand(office, "overleg", number) for number in ("1", "2")]
    next_version(schools, OTHER, consent=GIVEN)
    assert [one.case_id for one in publish(office, dry_run=True).conditions] == cases


def test_a_new_text_of_tlv_names_the_open_condition_about_placement(tmp_path: Path) -> None:
    """Annex F: condition 2 is about the procedures and criteria of placement."""
    office = make_office(tmp_path / "almere", "2026-09-07 09:00", REAL, organisation="almere")
    plan = office.open(
        "plan",
        {
            "ondersteuningsplan.nummer": "almere", "ondersteuningsplan.titel": "Ondersteuningsplan 2027-2031",
            "ondersteuningsplan.eerste_dag": office.runtime.now().date().replace(2027, 8, 1),
            "ondersteuningsplan.sectoren": ("po", "vo"),
        },
        DIRECTOR,
    )  # fmt: skip
    said = {"oprvoorwaarde.nummer": 2, "oprvoorwaarde.onderwerp": "Procedures en criteria van plaatsing"}
    about = {"oprvoorwaarde.regelsets": ("tlv", "aanmelding", "plaatsing")}
    assert isinstance(office.act(plan, "voorwaarde_vastleggen", OFFICE, {**said, **about}), Step)

    def told(*paths: str) -> list[tuple[str, ...]]:
        return [one.rules for one in open_conditions(office.runtime, paths)]

    tlv, return_ = "rules/almere/tlv/2027-08-01.yaml", "rules/werkwijze/terugkeer/2027-08-01.yaml"
    assert told(tlv, return_, "rules/almere/organisation.yaml") == [("tlv",)]
    assert told(return_) == []
    met = {"oprvoorwaarde.bewijs": "Hoofdstuk 4", "oprvoorwaarde.voldaan_op": office.runtime.now().date()}
    assert isinstance(office.act(plan, "voorwaarde_voldaan", OFFICE, met), Step)
    assert told(tlv) == []
