"""What a story does is kept beside it: whatever moves shows, line by line, also where the story expects nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.definitions.catalogue import Catalogue
from engine.rehearsal.chronicle import WIDTH
from engine.rehearsal.kept_chronicles import KeptChronicles, changed, read_page
from engine.rehearsal.run_rule_tests import RuleTestReport, files_of_tests, run_rule_tests
from engine.usecases.chosen_organisation import working_organisations
from tests.real_content import REAL, real_catalogue
from tests.rehearsal.test_stories import GARDEN, MAIL, NOBODY, RULES, STORIES, TWO, make_garden
from tests.usecases.workplace import change

pytestmark = pytest.mark.long

PAGE = "rules/tuindorp/tuin/tests/chronicles/verhalen.txt"


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    return make_garden(tmp_path)


@pytest.fixture
def kept(garden: Path) -> Path:
    """The garden, in which the chronicles of its three stories are kept."""
    assert [one.page for one in run(garden, keep=True).rewritten] == [PAGE]
    return garden


def run(root: Path, *, keep: bool = False, named: str = "") -> RuleTestReport:
    return run_rule_tests(root, "tuindorp", keep=keep, named=named)


def moved(root: Path) -> dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]]:
    """By story and step what is gone and what is new."""
    told = {(one.story, one.step): (one.gone, one.new) for one in run(root).differences}
    return {key: (tuple(map(str.strip, gone)), tuple(map(str.strip, new))) for key, (gone, new) in told.items()}


def test_it_tells_who_gets_what_and_until_when_and_not_what_the_story_says_itself(kept: Path) -> None:
    told = read_page((kept / PAGE).read_text(encoding="utf-8"))
    assert list(told) == [MAIL, NOBODY, TWO]
    assert told[MAIL] == (
        "2026-03-02 09:00 tuin",
        "  tuinder: geopend (aanvraag) → aangevraagd (beheerder)",
        "  termijn beslissen begint t/m 2026-04-13; herinnering 1: 2026-03-30, 2: 2026-04-08",
        "  termijn streven begint t/m 2026-03-30",
        "2026-03-03 09:00 tuin",
        "  tuinder: toewijzen geweigerd: no_mandate (toewijzen)",
        "2026-03-03 16:00 tuin",
        "  bestuur: toewijzen: aangevraagd → toegewezen (bestuur)",
        "  termijn beslissen, streven klaar",
        "  brief T-01 aan tuinder, buur (wacht): laatste_dag=2026-04-15",
        "2026-03-04 09:00 tuin",
        "  verzonden: brief T-01 aan buur",
        "  termijn bezwaar/buur begint t/m 2026-04-15",
        "  verzonden: brief T-01 aan tuinder",
        "  termijn bezwaar/tuinder begint t/m 2026-04-15",
        "  vanzelf: ingaan: toegewezen → in_gebruik (beheerder)",
    )
    nobody = "\n".join(told[NOBODY])
    assert "tuin\n  bericht aan beheerder: herinnering 1 bij beslissen\n" in nobody
    assert "  vraagt om een zaak ruzie (te_laat)\n2026-04-14 ruzie\n  geopend door tuin (te_laat) → hek" in nobody
    assert "  met tuinder.nummer, tuinder.naam\n" in nobody, "what a parent passes on as it has it, by name"
    assert "tuin\n  hoort van ruzie: afloop=Een haag ertussen" in nobody
    assert "  brief T-02 aan tuinder\n" in nobody, "it leaves at once, though another case moves in between"
    assert "Wim Bonestaak" not in nobody
    assert all(len(line) <= WIDTH for lines in told.values() for line in lines)


def test_told_again_it_is_the_same(kept: Path) -> None:
    report = run(kept, keep=True)
    assert (report.differences, report.rewritten, report.untold) == ((), (), 0)


MOVES = [
    pytest.param(
        RULES, "length: 4 weeks", "length: 3 weeks",
        (TWO, "2026-03-02 09:00 tuin"), ("termijn streven begint t/m 2026-03-30",),
        ("termijn streven begint t/m 2026-03-23",), id="a length of which no story speaks",
    ),
    pytest.param(
        RULES, "tells: [bestuur]", "tells: [beheerder]",
        (NOBODY, "2026-04-14 tuin"), ("bericht aan bestuur: beslissen is voorbij",),
        ("bericht aan beheerder: beslissen is voorbij",), id="who is told",
    ),
    pytest.param(
        GARDEN, "owner: bestuur", "owner: beheerder",
        (MAIL, "2026-03-03 16:00 tuin"), ("bestuur: toewijzen: aangevraagd → toegewezen (bestuur)",),
        ("bestuur: toewijzen: aangevraagd → toegewezen (beheerder)",), id="who has the case",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "at", "gone", "now"), MOVES)
def test_what_moves_is_shown_where_no_story_expects_anything(
    file: str, old: str, new: str, at: tuple[str, str], gone: tuple[str, ...], now: tuple[str, ...], kept: Path
) -> None:
    change(kept, file, old, new)
    assert run(kept).mismatches == ()
    assert moved(kept)[at] == (gone, now)


def test_where_nothing_is_kept_it_is_told_once_and_nothing_fails(garden: Path) -> None:
    report = run(garden)
    assert (report.mismatches, report.differences, report.untold) == ((), (), 3)


def test_a_story_that_is_new_is_missed_where_the_others_are_kept_and_one_that_went_is_left_behind(kept: Path) -> None:
    change(kept, STORIES, f"name: {NOBODY}", "name: Nog altijd beslist niemand")
    assert {one.story: (one.step, bool(one.gone), bool(one.new)) for one in run(kept).differences} == {
        "Nog altijd beslist niemand": ("", False, True),
        NOBODY: ("", True, False),
    }
    assert [one.page for one in run(kept, keep=True).rewritten] == [PAGE]
    assert run(kept).differences == ()


def test_a_page_without_its_file_is_named_and_taken_away(kept: Path) -> None:
    stray = (kept / PAGE).with_name("van_vroeger.txt")
    stray.write_text("# Verloop\n", encoding="utf-8")
    assert [(one.story, one.page) for one in run(kept).differences] == [("", PAGE.replace("verhalen", "van_vroeger"))]
    run(kept, keep=True)
    assert not stray.exists()


def test_who_keeps_one_story_leaves_the_others_as_they_were(kept: Path) -> None:
    before = read_page((kept / PAGE).read_text(encoding="utf-8"))
    (kept / PAGE).write_text((kept / PAGE).read_text(encoding="utf-8").replace("herinnering", "seintje"), "utf-8")
    run(kept, keep=True, named=MAIL)
    after = read_page((kept / PAGE).read_text(encoding="utf-8"))
    assert after[MAIL] == before[MAIL]
    assert "seintje" in "\n".join(after[NOBODY])


def test_of_a_story_that_fails_nothing_is_kept(kept: Path) -> None:
    before = (kept / PAGE).read_text(encoding="utf-8")
    change(kept, STORIES, "reminders: [beslissen]", "reminders: []")
    report = run(kept, keep=True)
    assert [one.name for one in report.mismatches] == [NOBODY]
    assert report.not_kept == (NOBODY,)
    assert (kept / PAGE).read_text(encoding="utf-8") == before


def test_what_an_organisation_does_with_a_story_of_a_shared_layer_has_a_page_of_its_own(garden: Path) -> None:
    shared = files_of_tests(Catalogue(garden), "tuindorp", "tuin")[0]
    pages = [KeptChronicles(garden, one).page(shared) for one in ("tuindorp", "akkerdorp")]
    assert pages == [PAGE, PAGE.replace("verhalen.txt", "verhalen.akkerdorp.txt")]


def test_a_step_that_moves_to_another_day_is_shown_whole_on_both() -> None:
    was = ("2026-03-02 tuin", "  a", "  b", "2026-03-03 tuin", "  c")
    now = ("2026-03-02 tuin", "  a", "  d", "2026-03-04 tuin", "  c")
    assert tuple(changed(was, now)) == (
        ("2026-03-02 tuin", ("  b",), ("  d",)),
        ("2026-03-03 tuin", ("  c",), ()),
        ("2026-03-04 tuin", (), ("  c",)),
    )


def test_every_story_here_has_its_chronicle_and_every_page_its_stories() -> None:
    """Why: where none is kept, what nobody expects may move unseen."""
    catalogue = real_catalogue()
    files = ((one, file) for one in working_organisations(catalogue) for file in files_of_tests(catalogue, one, ""))
    wanted = {KeptChronicles(REAL, one).page(file) for one, file in files if file.stories}
    assert len(wanted) > 50
    assert {path.relative_to(REAL).as_posix() for path in REAL.glob("rules/*/*/tests/chronicles/*")} == wanted
