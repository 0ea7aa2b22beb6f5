"""`trede doctor` tells two months ahead what ends, per sector, and which rows an older program wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.core.deciding.lateness import running_clocks, running_terms
from engine.usecases.diagnose import Check, diagnose
from engine.usecases.init_workplace import upgrade_database
from engine.usecases.watch_versions import endings
from tests.usecases.versions import CONSENTS, GIVEN, RULES, ask, make_two_sectors, next_version
from tests.usecases.workplace import Office, ask_gardens, change, day, make_office

pytestmark = pytest.mark.long

UNTIL = "consent: {{po: {{given: 2025-12-01, until: {until}}}, vo: {{given: 2025-12-01}}}}\n"


@pytest.fixture
def schools(tmp_path: Path) -> Path:
    """The content of two sectors, to change."""
    return make_two_sectors(tmp_path / "inhoud")


def told(folder: Path, schools: Path, start: str) -> list[tuple[str, bool]]:
    office = make_office(folder / "kantoor", f"{start} 09:00", schools, organisation="voorbeeld")
    return [(one.text, one.is_over) for one in endings(office.runtime)]


def check(office: Office, name: str) -> Check:
    return next(one for one in diagnose(office.runtime, whole=True) if one.name == name)


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("2026-07-02", None),
        ("2026-07-03", ("instemming geldt tot en met dinsdag 1 september 2026", False)),
        ("2026-09-01", ("instemming geldt tot en met dinsdag 1 september 2026", False)),
        ("2026-09-02", ("instemming gold tot en met dinsdag 1 september 2026", True)),
    ],
)
def test_a_consent_that_ends_is_told_sixty_days_ahead_and_only_of_its_sector(
    tmp_path: Path, schools: Path, start: str, said: tuple[str, bool] | None
) -> None:
    change(schools, RULES, CONSENTS, UNTIL.format(until="2026-09-01"))
    expected = [(f"regelset verzoek voor Primair onderwijs: {said[0]}", said[1])] if said else []
    assert told(tmp_path, schools, start) == expected


def test_what_is_followed_by_a_version_with_consent_does_not_end(tmp_path: Path, schools: Path) -> None:
    next_version(schools, since="2026-09-02", consent=GIVEN.replace("2026-10-01", "2026-06-01"))
    change(schools, RULES, CONSENTS, UNTIL.format(until="2026-09-01"))
    assert told(tmp_path, schools, "2026-08-01") == []


def test_a_day_between_a_consent_and_what_follows_is_told(tmp_path: Path, schools: Path) -> None:
    next_version(schools, since="2026-09-03", consent=GIVEN.replace("2026-10-01", "2026-06-01"))
    change(schools, RULES, CONSENTS, UNTIL.format(until="2026-09-01"))
    assert [text for text, _ in told(tmp_path, schools, "2026-08-01")] == [
        "regelset verzoek voor Primair onderwijs: instemming geldt tot en met dinsdag 1 september 2026"
    ]


def test_a_sector_without_any_consent_is_told_and_is_no_fault_of_the_installation(
    tmp_path: Path, schools: Path
) -> None:
    change(schools, RULES, CONSENTS, "consent: {po: {given: 2025-12-01}, vo: {state: to_opr}}\n")
    office = make_office(tmp_path / "kantoor", "2026-03-02 09:00", schools, organisation="voorbeeld")
    found = check(office, "versies")
    assert (found.is_sound, found.text) == (True, "let op: regelset verzoek voor Voortgezet onderwijs: geen instemming")
    assert found.next_step


@pytest.mark.parametrize(("start", "count"), [("2026-08-01", 0), ("2026-11-02", 2), ("2026-12-31", 2)])
def test_a_last_version_that_ends_is_told(tmp_path: Path, schools: Path, start: str, count: int) -> None:
    for path in (RULES, RULES.replace("rules/", "workflows/")):
        change(schools, path, "valid_from: 2026-01-01", "valid_from: 2026-01-01\nvalid_through: 2026-12-31")
    found = [text for text, _ in told(tmp_path, schools, start)]
    assert (
        len([text for text in found if "de laatste versie geldt tot en met donderdag 31 december 2026" in text])
        == count
    )


def test_what_ended_makes_the_doctor_end_with_a_fault(tmp_path: Path, schools: Path) -> None:
    change(schools, RULES, CONSENTS, UNTIL.format(until="2026-09-01"))
    office = make_office(tmp_path / "kantoor", "2026-09-02 09:00", schools, organisation="voorbeeld")
    assert ask(office, "vo")
    assert not check(office, "versies").is_sound


def test_a_row_that_an_older_program_wrote_is_told_and_the_upgrade_works_it_out_anew(office: Office) -> None:
    """A fix moves from when somebody is late, or must act; the rows of cases that run say what was known before."""
    first, second = ask_gardens(office, 2)
    assert check(office, "bewaking").is_sound
    case = office.case(second)
    content = office.runtime.content_of(case, day("2026-03-02"))
    right = running_terms(content, case.state, running_clocks(content, case))
    with office.runtime.store.transaction() as tx:
        tx.keep_running(case, right[1:])
    found = check(office, "bewaking")
    assert not found.is_sound
    assert second in found.text
    assert first not in found.text
    assert "trede upgrade" in found.next_step
    upgrade_database(office.runtime)
    assert check(office, "bewaking").is_sound
    assert office.is_sound()
