"""F-49: a sector that did not consent to the version of the day opens its cases under the latest older one it did."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.core.deciding.case import Actor
from engine.core.deciding.opening import Opening
from engine.core.deciding.step import BlockerKind, EntryKind, Refusal
from engine.line.case_line import open_line
from engine.usecases.import_register import import_register
from engine.usecases.open_case import open_case
from engine.usecases.receipt import receipts
from tests.usecases.versions import (
    ASKED,
    CLERK,
    CONSENTS,
    FLOW,
    ORGANISATION,
    RULES,
    ask,
    make_two_sectors,
    next_version,
)
from tests.usecases.workplace import Office, change, day, make_office

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("in_november")]

ONLY_PO = "consent: {po: {given: 2026-05-01}, vo: {state: to_opr}}\n"
START = "2026-09-01 09:00"
SECOND = "2026-06-01"


@pytest.fixture
def schools(tmp_path: Path) -> Path:
    """Two sectors, of which one consented to a second version, in which a term is shorter."""
    made = make_two_sectors(tmp_path / "inhoud")
    later = next_version(made, since=SECOND, consent=ONLY_PO)
    later.write_text(later.read_text("utf-8").replace("length: 12 weeks", "length: 6 weeks"), encoding="utf-8")
    return made


def office_at(folder: Path, schools: Path, start: str = START) -> Office:
    return make_office(folder / "kantoor", start, schools, organisation="voorbeeld")


def refused(office: Office, sector: str) -> Refusal:
    with open_line(office.runtime) as line:
        outcome = open_case(line, "verzoek", {**ASKED, "sector": sector}, CLERK)
    assert isinstance(outcome, Refusal)
    return outcome


def in_earnest(office: Office) -> Office:
    """The same workplace as it would be in earnest, by the real clock: nothing is tried out."""
    object.__setattr__(office.runtime.settings, "is_rehearsal", False)
    return office


def versions(office: Office, po: str, vo: str) -> list[date]:
    """The rules under which these two open, one of each sector."""
    return [office.case(ask(office, sector, number)).rules_version for sector, number in (("po", po), ("vo", vo))]


def told(office: Office) -> list[str]:
    return [one.kind for one in office.runtime.told if one.kind.startswith("opens_")]


def test_each_sector_opens_under_the_version_it_consented_to_and_the_case_says_so(
    tmp_path: Path, schools: Path
) -> None:
    office = office_at(tmp_path, schools)
    primary, secondary = ask(office, "po", "1"), ask(office, "vo", "2")
    assert [office.case(one).rules_version for one in (primary, secondary)] == [day(SECOND), day("2026-01-01")]
    assert told(office) == ["opens_on_older"]
    opened = {one: office.journal(one)[0] for one in (primary, secondary)}
    assert opened[secondary].kind is EntryKind.OPENED
    assert opened[secondary].details["passed_over"] == SECOND
    assert "passed_over" not in opened[primary].details
    ends = {one: {row.deadline.clock: row.deadline.last_day for row in office.deadlines(one)} for one in opened}
    assert (ends[primary]["nog_open"], ends[secondary]["nog_open"]) == (day("2026-10-13"), day("2026-11-24"))


def test_a_case_on_an_older_version_goes_on_and_its_receipts_agree(tmp_path: Path, schools: Path) -> None:
    office = office_at(tmp_path, schools)
    case_id = ask(office, "vo")
    later = Office(office.folder)
    later.act(case_id, "aanvulling_vragen", Actor(role="balie", name="B. Balie"))
    assert later.case(case_id).state == "wacht"
    found = receipts(later.runtime, case_id)
    assert found
    assert all(one.agrees for one in found)


def test_the_workflow_is_that_of_the_older_rules(tmp_path: Path, schools: Path) -> None:
    flow = next_version(schools, FLOW, since=SECOND)
    flow.write_text(flow.read_text("utf-8").replace("label: Verzoek indienen", "label: Indienen"), encoding="utf-8")
    office = office_at(tmp_path, schools)
    assert office.case(ask(office, "vo", "1")).workflow_version == day("2026-01-01")
    assert office.case(ask(office, "po", "2")).workflow_version == day(SECOND)


@pytest.mark.parametrize(
    ("until", "start", "opens"),
    [("2026-09-01", START, True), ("2026-08-31", START, False), ("2026-09-01", "2026-09-02 00:30", False)],
)
def test_an_older_consent_counts_through_its_last_day(
    tmp_path: Path, schools: Path, until: str, start: str, opens: bool
) -> None:
    change(
        schools, RULES, CONSENTS, f"consent: {{po: {{given: 2025-12-01}}, vo: {{given: 2025-12-01, until: {until}}}}}\n"
    )
    office = office_at(tmp_path, schools, start)
    assert office.case(ask(office, "vo")).rules_version == day("2026-01-01" if opens else SECOND)
    assert told(office) == ["opens_on_older" if opens else "opens_without_consent"]


def test_a_consent_that_ends_in_the_middle_brings_back_the_older_version_and_one_that_begins_leaves_it(
    tmp_path: Path, schools: Path
) -> None:
    later = schools / RULES.replace("2026-01-01", SECOND)
    text = later.read_text("utf-8").replace(
        ONLY_PO, "consent: {po: {given: 2026-05-01, until: 2026-09-15}, vo: {given: 2026-09-10}}\n"
    )
    later.write_text(text, encoding="utf-8")
    office = office_at(tmp_path, schools)
    assert versions(office, "1", "2") == [day(SECOND), day("2026-01-01")]
    office.put_clock("2026-09-16 09:00")
    assert versions(Office(office.folder), "3", "4") == [day("2026-01-01"), day(SECOND)]


def test_of_several_older_versions_the_latest_counts_that_holds(tmp_path: Path, schools: Path) -> None:
    third = next_version(
        schools, since="2026-08-01", consent="consent: {po: {state: rejected}, vo: {given: 2026-07-01}}\n"
    )
    office = office_at(tmp_path, schools)
    assert office.case(ask(office, "po", "1")).rules_version == day(SECOND)
    assert office.case(ask(office, "vo", "2")).rules_version == day("2026-08-01")
    assert third.exists()


def test_an_older_version_that_ended_does_not_come_back(tmp_path: Path, schools: Path) -> None:
    change(schools, RULES, "valid_from: 2026-01-01", "valid_from: 2026-01-01\nvalid_through: 2026-05-31")
    office = in_earnest(office_at(tmp_path, schools))
    assert [one.kind for one in refused(office, "vo").blockers] == [BlockerKind.NO_CONSENT]


def test_a_version_for_one_sector_leaves_the_other_on_the_older(tmp_path: Path, schools: Path) -> None:
    later = schools / RULES.replace("2026-01-01", SECOND)
    later.write_text(
        later.read_text("utf-8").replace(ONLY_PO, "sectors: [po]\nconsent: {po: {given: 2026-05-01}}\n"),
        encoding="utf-8",
    )
    office = office_at(tmp_path, schools)
    assert office.case(ask(office, "vo")).rules_version == day("2026-01-01")


def test_in_a_rehearsal_a_missing_consent_is_said_once_and_the_case_opens(tmp_path: Path, schools: Path) -> None:
    change(schools, RULES, CONSENTS, "consent: {po: {given: 2025-12-01}, vo: {note: nog niet}}\n")
    office = office_at(tmp_path, schools)
    cases = [ask(office, "vo", number) for number in ("1", "2")]
    assert told(office) == ["opens_without_consent"]
    assert {office.case(one).rules_version for one in cases} == {day(SECOND)}
    assert [office.journal(one)[0].details["tries_without"] for one in cases] == [["vo"], ["vo"]]


def test_in_earnest_it_is_refused(tmp_path: Path, schools: Path) -> None:
    change(schools, RULES, CONSENTS, "consent: {po: {given: 2025-12-01}, vo: {note: nog niet}}\n")
    office = in_earnest(office_at(tmp_path, schools))
    (blocker,) = refused(office, "vo").blockers
    assert (blocker.kind, blocker.subject, blocker.detail) == (BlockerKind.NO_CONSENT, "vo", "to_opr")
    assert told(office) == []


def test_a_sector_that_the_organisation_does_not_have_opens_nothing(tmp_path: Path, schools: Path) -> None:
    change(
        schools,
        ORGANISATION,
        "choices: {po: Basis, vo: Voortgezet}",
        "choices: {po: Basis, vo: Voortgezet, so: Speciaal}",
    )
    office = office_at(tmp_path, schools)
    assert [one.kind for one in refused(office, "so").blockers] == [BlockerKind.NO_CONSENT]


def test_without_a_sector_it_is_asked(tmp_path: Path, schools: Path) -> None:
    office = office_at(tmp_path, schools)
    with open_line(office.runtime) as line:
        outcome = open_case(line, "verzoek", ASKED, CLERK)
        _, opening = line.way_to_open(line.content("verzoek"), Opening(facts=ASKED))
    assert isinstance(outcome, Refusal)
    assert (BlockerKind.MISSING_FACT, "sector") in {(one.kind, one.subject) for one in outcome.blockers}
    assert opening.passed_over is None


def test_a_workflow_for_all_sectors_stays_on_what_all_consented_to(tmp_path: Path, schools: Path) -> None:
    for since in ("2026-01-01", SECOND):
        if since == SECOND:
            next_version(schools, FLOW, since=SECOND)
        else:
            change(schools, FLOW, "sector_fact: sector\n", "")
    office = office_at(tmp_path, schools)
    assert office.case(ask(office, "po")).rules_version == day("2026-01-01")


def test_the_rows_of_a_register_open_each_under_the_version_of_its_sector(tmp_path: Path, schools: Path) -> None:
    old = "requires: [kind.nummer, kind.naam, kind.adres, sector, soort]"
    change(
        schools,
        FLOW,
        old,
        f"{old}\n    columns: {{kind.nummer: nr, kind.naam: naam, kind.adres: adres, sector: sector, soort: soort}}",
    )
    register = tmp_path / "register.csv"
    register.write_text(
        "nr;naam;adres;sector;soort\n1;Sam;Kade 1 te Dorp;po;kort\n2;Noor;Kade 2 te Dorp;vo;kort\n", encoding="utf-8"
    )
    office = office_at(tmp_path, schools)
    report = import_register(office.runtime, "verzoek", register, CLERK)
    assert (report.opened, report.bad) == (2, ())
    assert {case.facts["sector"].value: case.rules_version for case in office.cases()} == {
        "po": day(SECOND),
        "vo": day("2026-01-01"),
    }


def test_a_case_that_opens_by_itself_follows_its_own_sector_too(tmp_path: Path, schools: Path) -> None:
    overleg = RULES.replace("verzoek", "overleg")
    next_version(schools, overleg, since=SECOND, consent=ONLY_PO)
    office = office_at(tmp_path, schools)
    for sector, number in (("po", "1"), ("vo", "2")):
        office.act(ask(office, sector, number), "overleggen", Actor(role="balie", name="B. Balie"))
    opened = {case.facts["sector"].value: case.rules_version for case in office.cases() if case.workflow == "overleg"}
    assert opened == {"po": day(SECOND), "vo": day("2026-01-01")}
