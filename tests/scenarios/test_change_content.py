"""A process owner changes YAML and nothing else: the engine follows, and a rule test says what is different now."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from engine.core.deciding.case import Actor
from engine.core.errors import DefinitionError
from engine.core.language.facts import Value
from engine.core.moment import local_day
from engine.rehearsal.run_rule_tests import run_rule_tests
from engine.usecases.reproject_cases import reproject_changed
from engine.usecases.run_due import run_due
from engine.words.saying import say
from tests.scenarios.story_of_a_grant import apply_for, done
from tests.usecases.workplace import REAL, Office, change, day, make_office

LADDER = "rules/almere/escalatie/2026-08-01.yaml"
DECIDING = "rules/werkwijze/tlv/2026-08-01.yaml"
TARGET = "        target: 48 hours\n        target_share: 0.8\n"
ADDED = "adds:\n  beslistermijn:\n"
OTHER: dict[str, Value] = {"leerling.nummer": "900004447", "leerling.naam": "Kim Anders"}
IMPASSE: dict[str, Value] = {
    "leerling.nummer": "1001",
    "leerling.naam": "Sam de Wit",
    "sector": "vo",
    "ouders.naam": "Familie De Wit",
    "ouders.adres": "Voorbeeldlaan 1 te Almere",
    "school.naam": "Nautilus College",
    "school.contact": "Lierstraat 17 te Almere",
    "impasse.omschrijving": "Er is geen klas waar het lukt",
}
CRISIS: dict[str, Value] = {"situatie.crisis": True, "verzuim.signalen": ("zonder_plek",), "ingeschreven": True}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the real content, to change."""
    for name in ("rules", "workflows", "templates"):
        shutil.copytree(REAL / name, tmp_path / "inhoud" / name)
    return tmp_path / "inhoud"


@pytest.fixture
def almere(tmp_path: Path, content: Path) -> Iterator[Office]:
    """A rehearsal with that content."""
    office = make_office(tmp_path / "werkplek", "2027-01-11 09:00", content, organisation="almere")
    yield office
    office.close()


def last_days(office: Office, case_id: str) -> dict[str, object]:
    """The last day of each open term."""
    rows = office.deadlines(case_id)
    return {row.deadline.clock: row.deadline.last_day for row in rows if row.status == "open"}


def impasse(office: Office) -> str:
    """An impasse that goes straight to the breakthrough."""
    case_id = office.open("escalatie", IMPASSE, Actor(role="school"), entry="melding")
    done(office.act(case_id, "inschalen", Actor(role="toeleiding"), CRISIS))
    return case_id


@pytest.mark.slow
def test_six_weeks_in_the_file_are_six_weeks_in_the_case_and_a_rule_test_says_so(almere: Office, content: Path) -> None:
    assert last_days(almere, apply_for(almere))["beslistermijn"] == day("2027-03-08")
    change(content, DECIDING, ADDED, f"{ADDED}    length: 6 weeks\n")
    later = Office(almere.folder)
    other: dict[str, Value] = {"leerling.nummer": "900004447", "leerling.naam": "Kim Anders"}
    assert last_days(later, apply_for(later, **other))["beslistermijn"] == day("2027-02-22")
    later.close()
    report = run_rule_tests(content, "almere", rule_set="tlv")
    told = [m for m in report.mismatches if "beslistermijn" in m.text]
    assert told
    first = next(m for m in told if m.where.startswith("rules/almere/tlv/tests/verhaal_toekennen.yaml:"))
    assert first.name == "Aanvraag, aanvullen, advies, toekennen, in gebruik, laatste schooljaar"
    assert "2027-03-08" in first.text or "8 maart 2027" in first.text
    assert "2027-02-22" in first.text or "22 februari 2027" in first.text


@pytest.mark.slow
def test_longer_than_the_law_allows_is_refused_before_any_case_sees_it(almere: Office, content: Path) -> None:
    change(content, DECIDING, ADDED, f"{ADDED}    length: 9 weeks\n")
    later = Office(almere.folder)
    with pytest.raises(DefinitionError) as caught:
        apply_for(later)
    assert "beslistermijn" in caught.value.text() or any(
        "beslistermijn" in say(one).text() for one in caught.value.findings
    )
    assert later.cases() == []
    later.close()


@pytest.mark.slow
def test_without_its_target_the_rung_keeps_its_maximum_and_a_rule_test_says_what_is_gone(
    almere: Office, content: Path
) -> None:
    assert {"doorbraak_streef", "doorbraak_maximum"} <= set(last_days(almere, impasse(almere)))
    change(content, LADDER, TARGET, "")
    later = Office(almere.folder)
    found = last_days(later, impasse(later))
    assert "doorbraak_streef" not in found
    assert "doorbraak_maximum" in found
    later.close()
    report = run_rule_tests(content, "almere", rule_set="escalatie")
    told = [m.where for m in report.mismatches if "doorbraak_streef" in m.text]
    assert told
    assert all(where.startswith("rules/almere/escalatie/tests/") for where in told)


@pytest.mark.slow
def test_a_case_under_way_keeps_what_it_began_with_and_a_new_one_has_what_changed(
    almere: Office, content: Path
) -> None:
    """F-41: a saved file moved running cases."""
    running, stuck = apply_for(almere), impasse(almere)
    change(content, DECIDING, ADDED, f"{ADDED}    length: 6 weeks\n")
    change(content, LADDER, TARGET, "")
    later = Office(almere.folder)
    other: dict[str, Value] = {"leerling.nummer": "900004447", "leerling.naam": "Kim Anders"}
    assert last_days(later, apply_for(later, **other))["beslistermijn"] == day("2027-02-22")
    assert reproject_changed(later.runtime).done == 0
    assert last_days(later, running)["beslistermijn"] == day("2027-03-08")
    assert "doorbraak_streef" in last_days(later, stuck)
    later.put_clock("2027-01-14 09:00")
    assert run_due(later.runtime).failed == ()
    later.close()


NO_WAY_IN = (
    "plek\n    state: doorbraak\n",
    "plek\n    state: doorbraak\n    when: {all: [{sector: vo}, {sector: po}]}\n",
)


@pytest.mark.slow
def test_an_entry_that_nobody_can_ever_take_fails_the_story_that_counts_on_it(content: Path) -> None:
    change(content, "workflows/almere/escalatie/2026-08-01.yaml", *NO_WAY_IN)
    report = run_rule_tests(content, "almere", rule_set="tlv_afloop")
    told = [m for m in report.mismatches if "escalatie verwacht, maar het is niets" in m.text]
    assert told
    assert any("escalatie is geweigerd: condition" in m.text for m in told)
    assert "Niemand doet iets" in {m.name for m in told}


def facts_of(office: Office, case_id: str) -> Mapping[str, object]:
    """The facts that the content of this case knows."""
    return office.runtime.content_of(office.case(case_id), local_day(office.runtime.now())).rules.facts


SHARED = "rules/landelijk/organisation.yaml"


@pytest.mark.slow
def test_a_letter_that_asks_a_new_fact_stops_no_case_of_before(almere: Office, content: Path) -> None:
    case_id = apply_for(almere)
    change(
        content, DECIDING, "  vereiste_stukken:\n", "  haast: {type: yes_no, label: Er is haast}\n  vereiste_stukken:\n"
    )
    change(
        content,
        DECIDING,
        "rules:\n",
        "rules:\n  - {id: haast, label: Haast, when: {sector: vo}, then: {haast: true}}\n",
    )
    change(content, "templates/letters/werkwijze/L-02/2026-08-01.md", "fields:\n", "fields:\n  haast: {fact: haast}\n")
    later = Office(almere.folder)
    done(later.act(case_id, "aanvulling_vragen", Actor(role="toeleiding")))
    assert "haast" not in facts_of(later, case_id)
    assert "haast" in facts_of(later, apply_for(later, **OTHER))
    later.close()


@pytest.mark.slow
def test_a_word_that_leaves_the_vocabulary_stays_in_the_cases_that_use_it(almere: Office, content: Path) -> None:
    case_id = apply_for(almere)
    gone = "  tlv.einddatum: {type: date, label: Einddatum van de TLV}\n"
    change(content, SHARED, gone, "")
    for path in ("rules/landelijk/tlv/2025-08-01.yaml", "rules/landelijk/terugkeer/2025-08-01.yaml"):
        change(content, path, ", tlv.einddatum", "")
        change(
            content,
            path,
            "facts:\n",
            f"facts:\n{gone}" if "tlv/" in path else "facts:\n  tlv.einddatum: {type: date, label: Einde}\n",
        )
    later = Office(almere.folder)
    done(later.act(case_id, "aanvulling_vragen", Actor(role="toeleiding")))
    later.close()
