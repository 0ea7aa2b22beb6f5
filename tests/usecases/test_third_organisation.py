"""A third organisation: a small folder over the shared way of working, with three numbers of its own and no Python."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from engine.core.deciding.case import Actor
from engine.core.errors import DefinitionError
from engine.core.language.facts import Value
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.places import findings_of
from engine.rehearsal.run_rule_tests import files_of_tests, run_rule_tests
from engine.usecases.check_rules import check_rules
from tests.real_content import REAL
from tests.usecases.workplace import change, make_office

THIRD = "voorbeeldstad"
EXAMPLE = REAL / "examples" / THIRD
DAY = date(2026, 11, 23)
OWN = f"rules/{THIRD}"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content with the third organisation in it."""
    root = tmp_path_factory.mktemp("derde")
    for folder in ("rules", "workflows", "templates"):
        shutil.copytree(REAL / folder, root / folder)
    shutil.copytree(EXAMPLE / OWN, root / OWN)
    return root


@pytest.fixture
def root(shared: Path, tmp_path: Path) -> Path:
    """The same, to change."""
    return Path(shutil.copytree(shared, tmp_path / "inhoud"))


def wrong_about(root: Path, procedure: str) -> list[str]:
    """The codes of what stops this procedure here."""
    try:
        Catalogue(root).content(THIRD, procedure, DAY)
    except DefinitionError as wrong:
        return [one.kind for one in findings_of(wrong)]
    return []


def test_the_folder_is_content_alone_and_nothing_in_it_is_wrong(shared: Path) -> None:
    files = [path for path in EXAMPLE.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".yaml", ".md"}
    found = check_rules(shared, on=DAY, organisation=THIRD).findings
    assert [(one.kind, one.where) for one in found if one.kind != "assumption"] == []


def test_its_stories_show_the_three_numbers_at_work_and_those_it_inherits_hold_here_too(shared: Path) -> None:
    own = [file for file in files_of_tests(Catalogue(shared), THIRD, "") if file.organisation == THIRD]
    assert sum(len(file.stories) for file in own) == 3
    report = run_rule_tests(shared, THIRD)
    assert report.mismatches == ()
    assert report.stories > 3


@pytest.mark.parametrize(
    ("rule_set", "own"),
    [
        ("verzuim", "melden_bij_leerplicht: {length: 3 working days"),
        ("plaatsing", "zoektermijn: {length: 10 working days"),
        ("tlv", "hersteltermijn: {length: 3 weeks"),
    ],
)
def test_without_a_number_of_its_own_the_shared_one_is_back(rule_set: str, own: str, root: Path) -> None:
    """Why: a number that nothing reads could stand there as well."""
    term, length = own.split(": {length: ")
    shared_length = {"3 working days": "5 working days", "10 working days": "15 working days", "3 weeks": "2 weeks"}
    file = f"{OWN}/{rule_set}/2026-08-01.yaml"
    text = (root / file).read_text(encoding="utf-8")
    (root / file).write_text(text[: text.index("adds:")], encoding="utf-8")
    content = Catalogue(root).content(THIRD, rule_set, DAY)
    assert str(content.term(term).period) == shared_length[length]
    assert run_rule_tests(root, THIRD, rule_set=rule_set).mismatches


def test_a_case_is_opened_and_its_term_passes_on_the_day_of_this_organisation(shared: Path, tmp_path: Path) -> None:
    office = make_office(tmp_path / "kantoor", "2026-09-01 09:00", shared, organisation=THIRD)
    known: dict[str, Value] = {
        "leerling.nummer": "900000042",
        "leerling.naam": "Noor Jansen",
        "leerling.geboortedatum": date(2018, 3, 4),
        "sector": "po",
        "plek.soort": "bo",
        "ouders.naam": "A. Jansen",
        "ouders.adres": "Voorbeeldlaan 1",
    }
    case_id = office.open("plaatsing", known, Actor(role="toeleiding"))
    days = {row.deadline.clock: row.deadline.last_day for row in office.deadlines(case_id)}
    assert days["zoektermijn"] == date(2026, 9, 15)
    office.pass_time("2026-09-15 23:00")
    assert office.case(case_id).state == "zoeken"
    office.pass_time("2026-09-16 09:00")
    assert office.case(case_id).state == "vastgelopen"


def test_what_is_only_agreed_below_may_be_longer_here_and_what_the_law_says_may_not(root: Path) -> None:
    """The shared way of working is no law: its 15 working days bind nobody who agreed on 20."""
    change(root, f"{OWN}/plaatsing/2026-08-01.yaml", "length: 10 working days", "length: 20 working days")
    assert wrong_about(root, "plaatsing") == []
    change(root, f"{OWN}/verzuim/2026-08-01.yaml", "length: 3 working days", "length: 6 working days")
    assert "looser_length" in wrong_about(root, "verzuim")


def test_an_agreed_term_stays_above_the_least_that_the_law_leaves(root: Path) -> None:
    change(root, f"{OWN}/tlv/2026-08-01.yaml", "length: 3 weeks", "length: 6 days")
    assert "below_floor" in wrong_about(root, "tlv")


def test_nothing_of_another_organisation_lies_in_the_shared_layer() -> None:
    """Why: whoever inherits the way of working would inherit a name, a number or an address of somebody else."""
    names = {path.name for path in (REAL / "rules").iterdir()} - {"landelijk", "werkwijze"}
    own = {f"organisation: {name}" for name in names}
    catalogue = Catalogue(REAL)
    said = {
        str(value)
        for name in names
        for value in (*catalogue.organisation(name).letterhead.values(), *catalogue.organisation(name).boards)
        if "[" not in str(value)
    }
    shared = [
        path
        for folder in ("rules", "workflows", "templates/letters", "templates/cards")
        for path in (REAL / folder / "werkwijze").rglob("*.*")
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in shared)
    assert [one for one in (*own, *said) if one in text] == []
