"""The removal script: what a test holds is noticed, what nothing holds survives, and the count is true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.definitions.reading.yaml_reader import read_yaml
from tests.cli.conftest import make_world
from tools.removals.__main__ import chosen
from tools.removals.changes import FLIPPED, REMOVED, Change, changes_in
from tools.removals.content import Whole
from tools.removals.judges import Judges
from tools.removals.kept import Kept, Verdict, rests_on
from tools.removals.page import COLUMNS, PAGE, Explained, Stale, page_of, read_explained, stale
from tools.removals.rewriting import changed, written
from tools.removals.sights import Witnesses

ROOT = Path(__file__).resolve().parents[2]
RULES = "rules/volkstuin/tuin/2026-01-01.yaml"
FILE = """
rule_set: tuin
valid_from: 2026-01-01
facts:
  oppervlakte: {type: number, at_least: 10}
rules:
  - {id: maat_past, when: {oppervlakte: {at_most: 80}}, then: {maat_past: true}}
tables:
  pacht: {rows: [{label: groot, then: 80}, {label: klein, then: 40}]}
terms:
  betalen:
    length: 2 weeks
    reminders: [{after: 1 weeks, to: [lid, voorzitter]}]
    passed: {tells: [voorzitter], letters: [{letter: T-01, to: [lid, buurman]}, {letter: T-02, to: [lid]}]}
  nog_een: {passed: {tells: [secretaris]}}
"""


def of_file(text: str = FILE) -> tuple[Change, ...]:
    return tuple(changes_in(RULES, read_yaml(text, RULES).value))


def test_everything_that_can_be_taken_away_is_listed_once() -> None:
    assert [(one.kind, one.name) for one in of_file() if one.kind in REMOVED] == [
        ("rule", "rules.maat_past"),
        ("row", "tables.pacht.rows.groot"),
        ("row", "tables.pacht.rows.klein"),
        ("term", "terms.betalen"),
        ("term", "terms.nog_een"),
        ("reminder", "terms.betalen.reminders.0"),
        ("recipient", "terms.betalen.reminders.0.to.lid"),
        ("recipient", "terms.betalen.reminders.0.to.voorzitter"),
        ("notice", "terms.betalen.passed.tells.voorzitter"),
        ("letter", "terms.betalen.passed.letters.T-01"),
        ("letter", "terms.betalen.passed.letters.T-02"),
        ("recipient", "terms.betalen.passed.letters.T-01.to.lid"),
        ("recipient", "terms.betalen.passed.letters.T-01.to.buurman"),
        ("notice", "terms.nog_een.passed.tells.secretaris"),
    ]


def test_a_condition_an_answer_a_number_and_whoever_is_alone_are_turned_round() -> None:
    assert [(one.kind, one.name, one.instead) for one in of_file() if one.kind in FLIPPED] == [
        ("negated", "rules.maat_past.when", {"not": {"oppervlakte": {"at_most": 80}}}),
        ("number", "rules.maat_past.when.oppervlakte.at_most", 81),
        ("answer", "rules.maat_past.then.maat_past", False),
        ("number", "tables.pacht.rows.groot.then", 81),
        ("number", "tables.pacht.rows.klein.then", 41),
        ("number", "terms.betalen.length", "3 weeks"),
        ("number", "terms.betalen.reminders.0.after", "2 weeks"),
        ("other_notice", "terms.betalen.passed.tells.voorzitter", "secretaris"),
        ("other_recipient", "terms.betalen.passed.letters.T-02.to.lid", "voorzitter"),
        ("other_notice", "terms.nog_een.passed.tells.secretaris", "voorzitter"),
    ], "a bound of what may be typed is no number that a procedure goes by"


def test_only_that_one_thing_is_gone_and_what_became_empty_with_it() -> None:
    value = read_yaml(FILE, RULES).value
    row = next(one for one in of_file() if one.name.endswith("rows.groot"))
    assert changed(value, row)["tables"] == {"pacht": {"rows": [{"label": "klein", "then": 40}]}}  # type: ignore[index]
    notice = next(one for one in of_file() if one.kind == "notice")
    passed = changed(value, notice)["terms"]["betalen"]["passed"]  # type: ignore[index]
    assert list(passed) == ["letters"]
    number = next(one for one in of_file() if one.name == "tables.pacht.rows.klein.then")
    assert changed(value, number)["tables"]["pacht"]["rows"][1]["then"] == 41  # type: ignore[index]
    assert value == read_yaml(FILE, RULES).value, "the file itself stays whole"


def test_two_of_the_same_name_are_told_apart() -> None:
    text = "transitions: [{id: sluiten, tells: [lid, voorzitter]}, {id: sluiten, tells: [lid]}]"
    names = [one.name for one in of_file(text) if one.kind == "notice"]
    assert names == [
        "transitions.sluiten.tells.lid",
        "transitions.sluiten.tells.voorzitter",
        "transitions.sluiten.tells.lid#2",
    ]


def test_what_follows_from_a_transition_is_asked_of_who_takes_it_and_its_condition_of_who_speaks_of_it() -> None:
    text = "transitions: [{id: sluiten, when: {a: 1}, tells: [lid]}, {id: vanzelf, automatic: true, when: {a: 1}}]"
    near = {(one.kind, one.name): (one.only_in, one.about) for one in of_file(text)}
    assert near["notice", "transitions.sluiten.tells.lid"] == ("sluiten", "sluiten")
    assert near["negated", "transitions.sluiten.when"] == ("", "sluiten")
    assert near["negated", "transitions.vanzelf.when"] == ("", ""), "with another condition it may happen anywhere"


def test_what_is_written_is_read_as_it_was() -> None:
    """Why: a day that came back as text would be noticed by everything, and the script would say nothing."""
    value = read_yaml(FILE, RULES).value
    assert read_yaml(written(value), RULES).value == value
    odd: dict[str, object] = {
        "waar": True,
        "dag": date(2026, 8, 1),
        "tekst": '2026-08-01 "x": #',
        "getal": 0.6,
        "lijst": [],
    }
    assert read_yaml(written(odd), RULES).value == odd


def test_a_part_goes_by_name_and_a_sample_by_its_seed() -> None:
    assert [one.kind for one in chosen(of_file(), "pacht", 0, 1)] == ["row", "row", "number", "number"]
    drawn = chosen(of_file(), "", 4, 7)
    assert drawn == chosen(of_file(), "", 4, 7)
    assert (len(drawn), len(chosen(of_file(), "", 99, 7))) == (4, len(of_file()))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_world(tmp_path_factory.mktemp("tuin") / "inhoud")


@pytest.fixture
def judges(folder: Path, tmp_path: Path) -> Iterator[Judges]:
    found = judges_of(folder, tmp_path)
    yield found
    found.close()


def judges_of(folder: Path, kept: Path) -> Judges:
    whole = Whole(folder)
    return Judges(whole, Witnesses(whole, kept / "sights.json").all, date(2026, 9, 7))


def named(judges: Judges, start: str, text: str = "") -> Change:
    return next(one for one in judges.whole.changes if one.text.startswith(start) and text in one.text)


@pytest.mark.long
def test_a_thing_that_a_test_holds_is_noticed_and_one_that_nothing_holds_survives(judges: Judges, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    held = named(judges, "rule ", "maat")
    too_big = "rules/volkstuin/tuin/tests/regels.yaml: Een te grote tuin past niet"
    assert judges.notices(held).startswith(too_big)
    assert judges.notices(named(judges, "notice terms.verzendtermijn.passed.tells.voorzitter")) == ""
    assert judges.notices(named(judges, "term terms.nog_open")).startswith("rules check: ")
    assert judges.notices(held).startswith(too_big), "what was tried between left nothing behind"
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before


@pytest.mark.long
@pytest.mark.parametrize(
    ("was", "now", "holds"),
    [
        (
            "tests:\n",
            "tests:\n  - {name: Nog een, on: 2026-09-01, facts: {tuin.maat: 400, tuin.soort: sier}, "
            "expect: {conclusions: {maat_past: false}}}\n",
            True,
        ),
        ("facts: {tuin.maat: 400", "facts: {tuin.maat: 401", False),
    ],
    ids=["another test beside it", "the test itself"],
)
def test_a_verdict_holds_until_who_noticed_is_another(
    judges: Judges, folder: Path, tmp_path: Path, was: str, now: str, *, holds: bool
) -> None:
    change = named(judges, "rule ", "maat")
    noticed = judges.notices(change)
    path = tmp_path / "verdicts.jsonl"
    Kept(path).add(change, Verdict(noticed=noticed, digest=rests_on(change, noticed, judges)))
    assert Kept(path).holding(change, judges) is not None
    tests = folder / noticed.partition(":")[0]
    text = tests.read_text(encoding="utf-8")
    tests.write_text(text.replace(was, now, 1), encoding="utf-8")
    assert text != tests.read_text(encoding="utf-8")
    try:
        others = judges_of(folder, tmp_path / "ander")
        assert (Kept(path).holding(change, others) is not None) == holds
        assert Kept(path).before(change) == noticed, "who noticed it then is asked first"
        others.close()
    finally:
        tests.write_text(text, encoding="utf-8")


def test_the_count_tells_what_was_tried_and_what_is_open() -> None:
    changes = of_file()
    survivor, known = changes[0], dict.fromkeys(changes[2:], None)
    page = page_of(
        {survivor: Verdict(noticed="", digest=""), changes[1]: Verdict(noticed="een test", digest=""), **known}, ()
    )
    assert f"| all | {len(changes)} | 2 | 1 | 1 | 0 | 1 |" in page
    assert f"\n* {survivor.text}\n" in page
    explained = (Explained(survivor.text, "Niemand kan het zien."),)
    assert "## Open\n\nNothing." in page_of({survivor: Verdict(noticed="", digest="")}, explained)


def test_what_is_explained_and_is_noticed_after_all_is_refused() -> None:
    change = of_file()[0]
    with pytest.raises(Stale, match="noticed by een test"):
        page_of({change: Verdict(noticed="een test", digest="")}, (Explained(change.text, "Zomaar."),))
    assert tuple(stale((Explained("rule iets", "x"),), {})) == ("rule iets: there is no such thing",)


@pytest.mark.long
def test_what_is_explained_is_there_and_the_page_adds_up() -> None:
    assert not tuple(stale(read_explained(), dict.fromkeys(Whole(ROOT).changes, None)))
    assert all(one.why.strip() for one in read_explained())
    rows = [line.strip("| ").split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    counts = [[int(one) for one in row[1:]] for row in rows if len(row) > 1 and row[1].isdigit()]
    assert len(counts) > 10
    for things, tried, noticed, survived, explained, still_open in counts:
        assert things >= tried == noticed + survived
        assert survived == explained + still_open
    assert rows[0][1:] == list(COLUMNS)
    assert PAGE.read_text(encoding="utf-8").count("\n* ") == counts[-1][-1]
