"""What is published is kept, and cases are pinned to it (docs/decisions/publication.md)."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from engine.core.deciding.case import Actor
from engine.core.deciding.step import Step
from engine.core.errors import DefinitionError, UsageError
from engine.core.finding import Level
from engine.definitions.files.footprint import Pinned
from engine.line.folder_changes import changes_between
from engine.line.publishing import changes_of, differing, freeze
from engine.rehearsal.publish_rules import publish_rules
from engine.store.audit import all_cases
from engine.store.publications import kept_text, publication_of, publications
from engine.usecases.diagnose import diagnose
from engine.usecases.init_workplace import init_workplace, upgrade_database
from engine.usecases.reproject_cases import reproject_changed
from tests.core.decisions.garden import BOARD, KEEPER
from tests.publishing import publish_folder
from tests.store.set_back import set_back
from tests.usecases.workplace import Office, ask_gardens, change, day, free_day, make_office

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("in_november")]

TUIN = "workflows/tuindorp/tuin/2026-01-01.yaml"
RULES = "rules/tuindorp/tuin/2026-01-01.yaml"
LETTER = "templates/letters/tuindorp/T-02/2026-01-01.md"
FOLDERS = ("rules", "workflows", "templates")


def empty(content: Path) -> None:
    for name in FOLDERS:
        shutil.rmtree(content / name)


def stated(office: Office) -> list[str]:
    return [one.kind for one in office.runtime.told]


def last_day(office: Office, case_id: str) -> date | None:
    """The last day of the term to decide."""
    rows = (row.deadline for row in office.deadlines(case_id))
    return next(one.last_day for one in rows if (one.clock, one.kind.value) == ("beslissen", "passed"))


@pytest.fixture
def rehearsal(tmp_path: Path, own_world: Path) -> Office:
    return make_office(tmp_path / "kantoor", "2026-03-02 09:00", own_world)


@pytest.fixture
def real(tmp_path: Path, own_world: Path) -> Office:
    """A workplace in earnest, in which nothing is published yet."""
    folder = tmp_path / "echt"
    init_workplace(folder, organisation="tuindorp", content=own_world)
    return Office(folder)


# -- a rehearsal publishes by itself


def test_a_saved_file_moves_no_running_case(rehearsal: Office, own_world: Path) -> None:
    """F-41: a case keeps the text of the rules it began with, and what is opened later has the new one."""
    (old,) = ask_gardens(rehearsal, 1)
    change(own_world, RULES, "length: 6 weeks\n    basis: Tuinwet art. 4", "length: 5 weeks\n    basis: Tuinwet art. 4")
    later = Office(rehearsal.folder)
    (new,) = ask_gardens(later, 1)
    assert stated(later) == ["published_by_itself"]
    assert later.case(new).rules_digest != later.case(old).rules_digest
    assert later.case(new).workflow_digest == later.case(old).workflow_digest != ""
    assert [last_day(later, case) for case in (old, new)] == [day("2026-04-13"), day("2026-04-07")]
    assert reproject_changed(later.runtime).done == 0
    assert isinstance(later.act(old, "toewijzen", BOARD), Step)


def test_what_has_no_version_follows_what_is_published_and_moves_with_a_line(
    rehearsal: Office, own_world: Path
) -> None:
    ask_gardens(rehearsal, 2)
    free_day(own_world, "2026-04-13")
    assert reproject_changed(rehearsal.runtime).done == 2


def test_nothing_is_published_while_nothing_changed(rehearsal: Office) -> None:
    ask_gardens(rehearsal, 1)
    again = Office(rehearsal.folder)
    ask_gardens(again, 1)
    assert stated(again) == []
    with again.runtime.reading() as readings:
        assert [one.number for one in publications(readings)] == [1]


def test_running_work_reads_no_folder(rehearsal: Office, own_world: Path) -> None:
    """Why: it may be emptied, unreachable, or half saved; what is published is in the database."""
    (case_id,) = ask_gardens(rehearsal, 1)
    empty(own_world)
    later = Office(rehearsal.folder)
    (later.folder / ".trede-cache").unlink()
    content = later.runtime.content_of(later.case(case_id), day("2026-03-02"))
    assert content.workflow.where.startswith(TUIN)
    assert content.letters


def test_a_text_stands_once_however_often_it_is_published(rehearsal: Office, own_world: Path) -> None:
    before = own_world.joinpath(LETTER).read_text("utf-8")
    for text in (before + "\nTot ziens.\n", before):
        own_world.joinpath(LETTER).write_text(text, encoding="utf-8")
        ask_gardens(Office(rehearsal.folder), 1)
    with rehearsal.runtime.reading() as readings:
        third, second, first = publications(readings)
        assert (third.digest, third.files) == (first.digest, first.files)
        assert second.digest != first.digest
        assert kept_text(readings, first.files[LETTER]) == (LETTER, before)
        rows = readings.rows("SELECT count(*) AS many FROM published_texts WHERE organisation = :organisation")
        assert rows[0]["many"] == len(first.files) + 1


# -- in earnest a person publishes


def test_nothing_is_opened_in_earnest_before_something_is_published(real: Office) -> None:
    with pytest.raises(UsageError) as refused:
        ask_gardens(real, 1)
    assert refused.value.said.code == "nothing_published"
    assert not next(one for one in diagnose(real.runtime) if one.name == "publicatie").is_sound
    publish_folder(real.folder)
    later = Office(real.folder)
    assert ask_gardens(later, 1)
    assert next(one for one in diagnose(later.runtime) if one.name == "publicatie").is_sound


def test_publishing_is_a_line_in_the_journal_with_who_and_what(real: Office) -> None:
    actor = Actor(role="bestuur", name="Bo")
    assert freeze(real.runtime, changes_of(real.runtime), actor, reason="begin") == 1
    with real.runtime.reading() as readings:
        (line,) = readings.rows("SELECT * FROM journal WHERE organisation = :organisation AND kind = 'published'")
        found = publication_of(readings)
    assert found is not None
    assert (line["actor_role"], line["actor_name"], found.digest in line["details"]) == ("bestuur", "Bo", True)
    assert '"reason":"begin"' in line["details"]
    assert real.is_sound()


def test_a_dry_run_publishes_nothing_and_says_what_would_change(real: Office, own_world: Path) -> None:
    publish_folder(real.folder)
    later = Office(real.folder)
    ask_gardens(later, 1)
    own_world.joinpath(RULES.replace("2026", "2099")).write_text(
        own_world.joinpath(RULES).read_text("utf-8").replace("valid_from: 2026", "valid_from: 2099"), encoding="utf-8"
    )
    planned = publish_rules(later.runtime, KEEPER, dry_run=True)
    assert planned.changes.new == (RULES.replace("2026", "2099"),)
    assert list(planned.open_cases.values()) == [1]
    assert planned.number == 0
    with later.runtime.reading() as readings:
        assert [one.number for one in publications(readings)] == [1]


def test_a_version_that_took_force_is_not_published_otherwise(real: Office, own_world: Path) -> None:
    """F-41: in earnest the text of a version stays what it was; a change gets a date of its own."""
    publish_folder(real.folder)
    change(own_world, RULES, "Nog twee weken", "Nog veertien dagen")
    own_world.joinpath(LETTER).unlink()
    later = Office(real.folder)
    (case_id,) = ask_gardens(later, 1)
    assert stated(later) == ["published_otherwise"]
    rules = later.runtime.content_of(later.case(case_id), day("2026-11-27")).rules
    assert "Nog twee weken" in {one.label for one in rules.terms["beslissen"].reminders}
    found = {(one.where, one.kind, one.level) for one in differing(later.runtime)}
    assert found == {
        (RULES, "published_and_changed", Level.ERROR),
        (LETTER, "published_and_gone", Level.ERROR),
    }
    refused = publish_rules(later.runtime, KEEPER)
    assert (refused.number, refused.is_refused) == (0, True)
    assert [one.where for one in refused.faults if one.kind == "published_and_changed"] == [RULES]


@pytest.mark.parametrize(
    ("path", "changed", "kept"),
    [
        ("rules/a/b/2026-01-01.yaml", False, True),
        ("rules/a/b/2027-01-01.yaml", True, False),
        ("rules/a/organisation.yaml", True, False),
        ("rules/a/calendar/2025-01-01.yaml", True, False),
        ("templates/letters/a/partials/slot.md", True, False),
    ],
)
def test_what_took_force_stays_and_the_rest_follows_the_folder(path: str, changed: bool, kept: bool) -> None:
    today = day("2026-11-27")
    found = changes_between({path: "oud"}, {path: "nieuw"}, today, is_rehearsal=False)
    assert (found.changed == (path,), found.kept == (path,)) == (changed, kept)
    gone = changes_between({path: "oud"}, {}, today, is_rehearsal=False)
    assert (gone.gone == (path,), gone.missing == (path,)) == (changed, kept)
    assert changes_between({path: "oud"}, {}, today, is_rehearsal=True).gone == (path,)


# -- a database of before


def test_a_database_of_before_is_published_and_its_cases_pinned_by_the_upgrade(rehearsal: Office) -> None:
    ask_gardens(rehearsal, 2)
    pinned = {case.id: case.rules_digest for case in rehearsal.cases()}
    rehearsal.close()
    set_back(rehearsal.folder / "trede.db", "0009")
    again = Office(rehearsal.folder)
    upgrade_database(again.runtime)
    assert {case.id: case.rules_digest for case in again.cases()} == pinned
    with again.runtime.reading() as readings:
        assert [one.number for one in publications(readings)] == [1]
        assert all_cases(readings)


def test_a_lost_text_is_told_and_not_taken_from_the_folder(rehearsal: Office) -> None:
    with pytest.raises(DefinitionError, match="staat niet meer"):
        rehearsal.runtime.catalogue.files.pinned_to(Pinned(date.min, date.min, rules_digest="f" * 64))
