"""A council consents anew to a version in force, or takes its consent back: that is published, and only that."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.core.deciding.step import Refusal
from engine.core.finding import Level
from engine.line.case_line import open_line
from engine.line.publishing import changes_of, differing, freeze
from engine.rehearsal.publish_rules import publish_rules
from engine.usecases.check_rules import check_rules
from engine.usecases.open_case import open_case
from engine.usecases.receipt import receipts
from tests.usecases.versions import ASKED, CLERK, CONSENTS, RULES, ask, in_earnest, make_two_sectors
from tests.usecases.workplace import Office, change

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("in_november")]

ENDING = "consent:\n  po: {given: 2025-12-01, until: 2026-12-31}\n  vo: {given: 2025-12-01}\n"
RENEWED = ENDING.replace("2026-12-31", "2027-12-31")


@pytest.fixture
def schools(tmp_path: Path) -> Path:
    made = make_two_sectors(tmp_path / "inhoud")
    change(made, RULES, CONSENTS, ENDING)
    return made


@pytest.fixture
def office(tmp_path: Path, schools: Path) -> Office:
    return in_earnest(tmp_path / "kantoor", schools)


def test_a_consent_that_is_given_anew_is_published_with_the_version_in_force(office: Office, schools: Path) -> None:
    """Why: in a new version of the same words every later reader would look for the difference."""
    case_id = ask(office, "po", "1")
    before = office.case(case_id).rules_digest
    change(schools, RULES, ENDING, RENEWED)
    later = Office(office.folder)
    changes = changes_of(later.runtime)
    assert (changes.changed, changes.kept) == ((RULES,), ())
    assert [one.kind for one in differing(later.runtime)] == ["not_yet_published"]
    freeze(later.runtime, changes, CLERK)
    assert later.case(case_id).rules_digest == before, "who began under the old text keeps it"
    assert later.case(ask(later, "po", "2")).rules_digest != before
    assert all(one.agrees for one in receipts(later.runtime, case_id))


def test_a_consent_that_is_taken_back_is_published_too(office: Office, schools: Path) -> None:
    change(schools, RULES, "vo: {given: 2025-12-01}", "vo: {state: rejected}")
    assert changes_of(Office(office.folder).runtime).changed == (RULES,)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("length: 12 weeks", "length: 6 weeks"),
        ("consent:\n", "needs: [iets]\nconsent:\n"),
        ("valid_from: 2026-01-01", "valid_from: 2026-01-02"),
    ],
)
def test_nothing_else_goes_with_it(office: Office, schools: Path, old: str, new: str) -> None:
    change(schools, RULES, ENDING, RENEWED)
    change(schools, RULES, old, new)
    changes = changes_of(Office(office.folder).runtime)
    assert (changes.changed, changes.kept) == ((), (RULES,))


def test_a_text_that_cannot_be_read_is_no_renewed_consent(office: Office, schools: Path) -> None:
    change(schools, RULES, ENDING, RENEWED.replace("po: {", "po: {{"))
    assert changes_of(Office(office.folder).runtime).kept == (RULES,)


OVER = "consent:\n  po: {given: 2025-12-01}\n  vo: {given: 2025-12-01, until: 2026-10-31}\n"


def test_a_consent_that_ended_holds_up_no_publication_for_the_other_sector(office: Office, schools: Path) -> None:
    """Of its own sector nothing can be opened; that is a remark for who publishes, and refused when it is tried."""
    change(schools, RULES, ENDING, OVER)
    done = publish_rules(Office(office.folder).runtime, CLERK)
    assert (done.faults, done.mismatches, done.number) == ((), (), 2)
    later = Office(office.folder)
    assert ask(later, "po")
    with open_line(later.runtime) as line:
        outcome = open_case(line, "verzoek", {**ASKED, "kind.nummer": "2", "sector": "vo"}, CLERK)
    assert isinstance(outcome, Refusal)
    found = check_rules(schools, "voorbeeld", on=date(2026, 11, 27)).findings
    assert [one.level for one in found if one.kind == "expired_consent"] == [Level.WARNING]


def test_when_the_consent_of_every_sector_ended_nothing_is_published(office: Office, schools: Path) -> None:
    change(
        schools, RULES, ENDING, OVER.replace("po: {given: 2025-12-01}", "po: {given: 2025-12-01, until: 2026-10-31}")
    )
    done = publish_rules(Office(office.folder).runtime, CLERK)
    assert ({one.kind for one in done.faults}, done.number) == ({"expired_consent"}, 0)
