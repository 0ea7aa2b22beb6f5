"""Every kind of problem is found in content with exactly that mistake, and in nothing else."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from engine.core.finding import Level
from engine.proofs import inspection
from engine.proofs.assumptions import ASSUMPTION
from engine.proofs.inspection import in_their_order, inspect_days, together
from engine.proofs.world import World
from engine.words import of_planned, of_proofs, of_rules
from engine.words.saying import say
from tests.proofs.samples import GOOD, Mistake, copy_with, good_contents, inspect_root, read_mistakes

pytestmark = pytest.mark.long

MISTAKES = read_mistakes()
# These cannot come from files, because the reader refuses them first; other tests here provoke them.
NOT_FROM_FILES = {
    "answered_by_itself",
    "no_owner",
    "nobody_may",
    "overlapping_versions",
    "rung_without_sure_way_on",
    "rung_without_way_on",
    "sector_on_older",
    "standing_not_proven",
    "table_not_proven",
    "version_gap",
    "versions_end_soon",
    "versions_of_one_day",
    "versions_over",
}


def test_good_content_has_no_problems_and_says_what_was_proven() -> None:
    found = inspect_root(GOOD)
    assert [say(finding).text() for finding in found.findings] == []
    assert found.is_sound
    assert "verzoek: 4 toestanden zijn bereikbaar, hebben een eigenaar en een weg naar een einde; 8 overgangen " in str(
        found.proven
    )
    assert found.counts["workflows"] == 2
    assert found.counts["toestanden"] == 10


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_is_found_with_its_place_and_next_step(mistake: Mistake, tmp_path: Path) -> None:
    found = inspect_root(copy_with(mistake, tmp_path))
    same = [say(finding) for finding in found.findings if finding.kind == mistake.kind]
    assert same, [say(finding).text() for finding in found.findings]
    texts = [said.text() for said in same]
    assert any(all(words in text for words in mistake.words) for text in texts), texts
    for said in same:
        assert said.level.value == mistake.level
        assert re.fullmatch(r"(rules|workflows|templates)/[^:]+:[0-9]+(:[0-9]+)?", said.where), said.where
        assert said.why
        assert said.next_step
    assert {finding.kind for finding in found.findings} <= {mistake.kind, *mistake.also}
    assert found.is_sound is all(finding.level is not Level.ERROR for finding in found.findings)


def test_every_kind_of_finding_has_a_broken_file() -> None:
    folder = Path(inspection.__file__).parent
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    words = of_proofs.WORDS | of_rules.WORDS | of_planned.WORDS
    kinds = {kind for kind in words.keys() - {ASSUMPTION} if f'"{kind}"' in source}
    assert kinds - NOT_FROM_FILES == {mistake.kind for mistake in MISTAKES}
    assert kinds >= NOT_FROM_FILES


def test_the_report_is_the_same_in_whatever_order_the_content_comes() -> None:
    contents = good_contents()
    worlds = [World(contents=in_their_order(given)) for given in (contents, reversed(contents))]
    assert inspect_days(worlds[:1]) == inspect_days(worlds[1:])


def test_no_content_gives_an_empty_report() -> None:
    found = inspect_days(())
    assert found.is_sound
    assert set(found.counts.values()) == {0}


def test_contents_of_several_days_are_only_held_against_what_is_in_force_with_them() -> None:
    consultation, request = good_contents()
    early, late = date(2026, 1, 1), date(2026, 6, 1)
    contents = {
        ("voorbeeld", "overleg", early): consultation,
        ("voorbeeld", "verzoek", early): request,
        ("voorbeeld", "verzoek", late): request,
    }
    assert [world.contents for world in together(contents)] == [(consultation, request), (consultation, request)]
    assert inspect_days(together(contents)) == inspect_days((World(contents=good_contents()),))
