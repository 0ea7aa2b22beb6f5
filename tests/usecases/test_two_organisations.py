"""Two organisations in one folder of content and one database: each publishes what it goes by, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from engine.definitions.files.content_files import owner_of
from engine.line.publishing import changes_of, differing, freeze
from engine.rehearsal.publish_rules import publish_rules
from engine.store.publications import Publication, publication_of, publications
from engine.usecases.check_rules import check_rules
from engine.usecases.diagnose import diagnose
from engine.usecases.init_workplace import init_workplace
from tests.usecases.versions import CLERK, CONSENTS, RULES, WAITING, ask, make_two_sectors, next_version
from tests.usecases.workplace import Office, change

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("in_november")]

MINE, OTHER = "voorbeeld", "buurt"
THEIRS = RULES.replace(MINE, OTHER)
HEAD = f"rules/{OTHER}/organisation.yaml"
LOWER = "land"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Content of two organisations, that have a layer in common and are otherwise each for itself."""
    made = make_two_sectors(tmp_path / "inhoud")
    lower = made / "rules" / LOWER
    lower.mkdir()
    own = made.joinpath(f"rules/{MINE}/organisation.yaml").read_text("utf-8")
    text = f"organisation: {LOWER}\ntitle: Het land\nis_law: true\nbodies: {{}}\n{own[own.index('letterhead:') :]}"
    lower.joinpath("organisation.yaml").write_text(text, encoding="utf-8")
    change(
        made,
        f"rules/{MINE}/organisation.yaml",
        f"organisation: {MINE}\n",
        f"organisation: {MINE}\ninherits: [{LOWER}]\n",
    )
    for top in ("rules", "workflows", "templates/letters"):
        shutil.copytree(made / top / MINE, made / top / OTHER)
    for path in (path for top in ("rules", "workflows") for path in (made / top / OTHER).rglob("*.yaml")):
        path.write_text(path.read_text("utf-8").replace(MINE, OTHER), encoding="utf-8")
    return made


def workplace(place: Path, organisation: str, content: Path, *, joins: bool = False, rehearsal: bool = False) -> Office:
    """A workplace of one of them, on the database beside the content."""
    url = f"sqlite:///{content.parent / 'samen.db'}"
    init_workplace(
        place, organisation=organisation, content=content, database_url=url, joins=joins, is_rehearsal=rehearsal
    )
    return Office(place)


def again(office: Office) -> Office:
    """The same workplace, for a command that is given later."""
    office.close()
    return Office(office.folder)


def now(office: Office) -> Publication:
    with office.runtime.reading() as readings:
        found = publication_of(readings)
    assert found is not None
    return found


def owners(paths: Iterable[str]) -> set[str]:
    return set(map(owner_of, paths))


def publish(office: Office) -> Office:
    freeze(office.runtime, changes_of(office.runtime), CLERK)
    return again(office)


@pytest.fixture
def mine(tmp_path: Path, folder: Path) -> Office:
    return publish(workplace(tmp_path / "mijn", MINE, folder))


@pytest.fixture
def theirs(tmp_path: Path, folder: Path, mine: Office) -> Office:
    return publish(workplace(tmp_path / "hun", OTHER, folder, joins=True))


def test_a_publication_holds_who_publishes_and_whom_it_inherits_from(mine: Office, theirs: Office) -> None:
    assert owners(now(mine).files) == {LOWER, MINE}
    assert owners(now(theirs).files) == {LOWER, OTHER}


def test_what_one_publishes_changes_nothing_of_what_the_other_runs_on(
    mine: Office, theirs: Office, folder: Path
) -> None:
    case_id, before = ask(theirs, "po"), now(theirs)
    next_version(folder, consent=WAITING.replace("to_opr", "consented, given: 2026-10-01"))
    shutil.rmtree(folder / "workflows" / MINE)
    later = publish(again(mine))
    assert now(later).number == 2
    assert now(again(theirs)) == before
    assert theirs.runtime.content_of(theirs.case(case_id), before.at.date()).rules.valid_from.year == 2026


def test_what_another_changes_is_not_told_here_and_changes_no_publication(mine: Office, folder: Path) -> None:
    """By whoever writes, checks or looks: the digest of what is published is that of the own files alone."""
    change(folder, THEIRS, "length: 12 weeks", "length: 6 weeks")
    next_version(folder, THEIRS)
    later = again(mine)
    assert (changes_of(later.runtime).is_empty, differing(later.runtime)) == (True, ())
    assert later.runtime.watched.digest() == later.runtime.publication
    ask(later, "po")
    assert later.runtime.told == []
    assert next(one for one in diagnose(later.runtime) if one.name == "publicatie").is_sound
    assert publish_rules(later.runtime, CLERK).number == 0


def test_what_is_changed_of_the_common_layer_is_told_to_both(mine: Office, theirs: Office, folder: Path) -> None:
    change(folder, f"rules/{LOWER}/organisation.yaml", "title: Het land", "title: Ons land")
    for office in (again(mine), again(theirs)):
        assert [one.where for one in differing(office.runtime)] == [f"rules/{LOWER}/organisation.yaml"]


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (THEIRS, "length: 12"),
        (HEAD, "organisation: [\n"),
        (HEAD, "inherits: [niemand]\n"),
        (HEAD, f"inherits: [{OTHER}]\n"),
    ],
)
def test_a_mistake_of_another_stops_no_publication(tmp_path: Path, folder: Path, path: str, wrong: str) -> None:
    office = workplace(tmp_path / "mijn", MINE, folder)
    text = folder.joinpath(path).read_text("utf-8")
    there = "length: 12 weeks" if path == THEIRS else f"inherits: [{LOWER}]\n"
    folder.joinpath(path).write_text(text.replace(there, wrong), encoding="utf-8")
    assert check_rules(folder).errors, "it is a mistake indeed"
    done = publish_rules(office.runtime, CLERK)
    assert (done.faults, done.mismatches, done.number) == ((), (), 1)


def test_a_mistake_in_the_own_file_publishes_nothing_of_another(mine: Office, folder: Path) -> None:
    """Whom it inherits from is not known then: it is who it was."""
    head = folder / f"rules/{MINE}/organisation.yaml"
    head.write_text(head.read_text("utf-8") + "bodies: [\n", encoding="utf-8")
    changes = changes_of(again(mine).runtime)
    assert (changes.changed, changes.new, changes.gone) == ((f"rules/{MINE}/organisation.yaml",), (), ())


def test_a_concept_of_another_is_none_here(mine: Office, folder: Path) -> None:
    next_version(folder, THEIRS)
    assert publish_rules(again(mine).runtime, CLERK).concepts == ()
    assert check_rules(folder, MINE).concepts == ()


def test_a_law_of_another_is_none_here(mine: Office, folder: Path) -> None:
    next_version(folder, THEIRS, consent=CONSENTS)
    assert again(mine).runtime.catalogue.law_days(MINE) == ()


def test_a_rehearsal_publishes_by_itself_what_is_its_own(tmp_path: Path, folder: Path) -> None:
    office = workplace(tmp_path / "oefen", MINE, folder, rehearsal=True)
    assert owners(now(office).files) == {LOWER, MINE}
    change(folder, THEIRS, "length: 12 weeks", "length: 6 weeks")
    later = again(office)
    ask(later, "po")
    with later.runtime.reading() as readings:
        assert [one.number for one in publications(readings)] == [1]


def test_a_layer_that_is_inherited_no_more_goes_with_the_next_publication(mine: Office, folder: Path) -> None:
    change(folder, f"rules/{MINE}/organisation.yaml", f"inherits: [{LOWER}]\n", "")
    changes = changes_of(again(mine).runtime)
    assert (changes.gone, changes.kept) == ((f"rules/{LOWER}/organisation.yaml",), ())
    assert owners(now(publish(again(mine))).files) == {MINE}


def test_of_a_publication_of_before_only_the_own_files_are_compared(
    mine: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that was made when the whole folder was published together."""
    with monkeypatch.context() as before:
        before.setattr("engine.line.publishing.published_now", lambda _: {})
        before.setattr(type(mine.runtime), "_owners", lambda _: (LOWER, MINE, OTHER))
        wide = Office(mine.folder)
        wide.runtime.cache.joinpath(f"folder-{MINE}.json").unlink(missing_ok=True)
        freeze(wide.runtime, changes_of(wide.runtime), CLERK)
    assert owners(now(wide).files) == {LOWER, MINE, OTHER}
    shutil.rmtree(folder / "rules" / OTHER)
    wide.runtime.cache.joinpath(f"folder-{MINE}.json").unlink(missing_ok=True)
    later = again(wide)
    assert changes_of(later.runtime).is_empty
    assert differing(later.runtime) == ()
    assert owners(now(publish(later)).files) == {LOWER, MINE}
