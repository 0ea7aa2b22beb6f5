"""A version that no council agreed to is checked apart, and breaks nothing (docs/decisions/publication.md)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.core.finding import Level
from engine.definitions.files.content_files import ContentFiles
from engine.definitions.reading.concepts import concepts_in
from engine.line.publishing import changes_of
from engine.rehearsal.publish_rules import publish_rules
from engine.rehearsal.run_rule_tests import run_rule_tests
from engine.store.publications import publication_of
from engine.usecases.check_rules import check_rules
from tests.usecases.versions import (
    CLERK,
    CONSENTS,
    FLOW,
    GIVEN,
    LETTER,
    NEXT,
    ORGANISATION,
    PARTLY,
    RULES,
    WAITING,
    ask,
    in_earnest,
    make_two_sectors,
    next_version,
)
from tests.usecases.workplace import Office, change, day, make_office

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("in_november")]

ON = day("2026-11-27")
LATER = RULES.replace("2026-01-01", NEXT)


@pytest.fixture
def schools(tmp_path: Path) -> Path:
    """The content of two sectors, to change."""
    return make_two_sectors(tmp_path / "inhoud")


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def unreadable(path: Path) -> None:
    path.write_text(path.read_text("utf-8") + "\n  - : {[\n", encoding="utf-8")


def unknown_name(path: Path) -> None:
    spoil(path, "when: {soort: lang}", "when: {sort: lang}")


def missing_letter(path: Path) -> None:
    spoil(next_version(path.parents[3], FLOW), "letter: V-02", "letter: V-09")


MISTAKES: tuple[Callable[[Path], None], ...] = (unreadable, unknown_name, missing_letter)


def errors(world: Path, on: str = "2026-11-27") -> list[str]:
    return [one.kind for one in check_rules(world, on=day(on)).findings if one.level is Level.ERROR]


@pytest.fixture
def real(tmp_path: Path, schools: Path) -> Office:
    """A workplace in earnest, of which the content is published."""
    return in_earnest(tmp_path / "echt", schools)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_concept_is_found_apart_and_counts_for_nothing(
    schools: Path, mistake: Callable[[Path], None]
) -> None:
    before = check_rules(schools, on=ON)
    mistake(next_version(schools))
    report = check_rules(schools, on=ON)
    assert report.findings == before.findings
    assert report.concepts
    assert all(NEXT in one.where for one in report.concepts)


def test_a_concept_without_a_mistake_tells_only_that_it_waits(schools: Path) -> None:
    """The older version lets the sectors in as long as its own consents hold."""
    before = check_rules(schools, on=ON)
    next_version(schools)
    report = check_rules(schools, on=ON)
    assert report.findings == before.findings
    assert {one.kind for one in report.concepts} == {"sector_on_older"}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_broken_concept_stops_no_publication_no_test_and_no_case(
    real: Office, schools: Path, mistake: Callable[[Path], None]
) -> None:
    mistake(next_version(schools))
    change(schools, ORGANISATION, "title: Voorbeeldorganisatie", "title: Een voorbeeld")
    office = Office(real.folder)
    assert run_rule_tests(schools, "voorbeeld").mismatches == ()
    done = publish_rules(office.runtime, CLERK)
    assert (done.number, done.is_refused) == (2, False), (done.faults, done.mismatches)
    assert LATER in done.concepts
    with office.runtime.reading() as readings:
        published = publication_of(readings)
    assert published is not None
    assert not [path for path in published.files if NEXT in path]
    assert ask(office, "po")
    assert [one.kind for one in office.runtime.told] == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_broken_concept_stops_no_rehearsal_also_when_its_day_comes(
    tmp_path: Path, schools: Path, mistake: Callable[[Path], None]
) -> None:
    office = make_office(tmp_path / "kantoor", "2026-12-30 09:00", schools, organisation="voorbeeld")
    mistake(next_version(schools, consent="consent: {po: {state: to_opr}, vo: {state: rejected}}\n"))
    if mistake is unreadable:
        return  # on its day a file that says nothing is no concept any more
    later = Office(office.folder)
    assert ask(later, "po")
    later.pass_time("2027-01-04 09:00")
    assert later.runtime.content("verzoek", day("2027-01-04")).rules.valid_from == day("2026-01-01")


def test_what_one_sector_consented_to_is_no_concept(real: Office, schools: Path) -> None:
    unknown_name(next_version(schools, consent=PARTLY))
    assert "unknown_fact" in errors(schools)
    office = Office(real.folder)
    assert publish_rules(office.runtime, CLERK).is_refused


@pytest.mark.parametrize(
    ("consent", "is_concept"),
    [
        (WAITING, True),
        ("consent: {po: {state: rejected}, vo: {state: rejected}}\n", True),
        ("consent: {po: {note: nog niets}, vo: {note: nog niets}}\n", True),
        ("", True),
        (PARTLY, False),
        (GIVEN, False),
        ("consent: {po: {state: to_opr, given: 2026-10-01}}\n", True),
    ],
)
def test_a_version_to_come_is_a_concept_as_long_as_no_sector_consented(
    schools: Path, consent: str, is_concept: bool
) -> None:
    later = next_version(schools, consent=consent)
    assert (later.relative_to(schools).as_posix() in concepts_in(ContentFiles(schools), ON)) is is_concept


@pytest.mark.parametrize(("on", "is_concept"), [("2026-12-31", True), ("2027-01-01", False), ("2027-01-02", False)])
def test_who_says_nothing_has_a_concept_until_the_day_before_it_begins(
    schools: Path, on: str, is_concept: bool
) -> None:
    next_version(schools, consent="")
    assert bool(concepts_in(ContentFiles(schools), day(on))) is is_concept
    report = check_rules(schools, on=day(on))
    assert {one.kind for one in (report.concepts if is_concept else report.findings)} == {"sector_on_older"}


@pytest.mark.parametrize("on", ["2026-12-31", "2027-01-01", "2027-06-01"])
def test_what_says_that_it_waits_is_a_concept_on_every_day(schools: Path, on: str) -> None:
    next_version(schools)
    assert concepts_in(ContentFiles(schools), day(on)) == {LATER}


def test_a_workflow_and_a_letter_that_begin_with_a_concept_belong_to_it(schools: Path) -> None:
    rules, flow, letter = (next_version(schools, path) for path in (RULES, FLOW, LETTER))
    unread = next_version(schools, "workflows/voorbeeld/overleg/2026-01-01.yaml", since="2027-03-01")
    other = next_version(schools, LETTER, since="2027-02-01")
    unreadable(unread)
    found = concepts_in(ContentFiles(schools), ON)
    assert found == {path.relative_to(schools).as_posix() for path in (rules, flow, letter, unread)}
    assert other.exists()


def test_where_no_version_needs_consent_nothing_is_a_concept(schools: Path) -> None:
    change(schools, "rules/voorbeeld/organisation.yaml", "needs_consent: true", "needs_consent: false")
    next_version(schools)
    assert concepts_in(ContentFiles(schools), ON) == frozenset()


def test_a_published_version_that_cannot_be_read_any_more_is_a_mistake_and_stays_published(
    real: Office, schools: Path
) -> None:
    later = next_version(schools, consent=GIVEN)
    office = Office(real.folder)
    assert publish_rules(office.runtime, CLERK).number == 2
    unreadable(later)
    again = Office(real.folder)
    refused = publish_rules(again.runtime, CLERK)
    assert (refused.number, refused.is_refused, refused.changes.gone) == (0, True, ())


def test_a_published_version_to_come_that_is_rejected_leaves_the_publication(real: Office, schools: Path) -> None:
    later = next_version(schools, consent=GIVEN)
    office = Office(real.folder)
    assert publish_rules(office.runtime, CLERK).number == 2
    spoil(later, GIVEN, "consent: {po: {state: rejected}, vo: {state: rejected}}\n")
    again = Office(real.folder)
    assert changes_of(again.runtime).gone == (LATER,)


def test_a_procedure_that_is_only_a_concept_is_tried_in_a_rehearsal(tmp_path: Path, schools: Path) -> None:
    change(schools, RULES, CONSENTS, WAITING)
    office = make_office(tmp_path / "kantoor", "2026-03-02 09:00", schools, organisation="voorbeeld")
    assert office.runtime.content("verzoek", day("2026-03-02")).rules.valid_from == day("2026-01-01")
