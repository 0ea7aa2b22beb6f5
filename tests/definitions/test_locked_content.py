"""What the statutory layer keeps to itself: the texts that the law demands, and the days that move its terms."""

from __future__ import annotations

import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from engine.definitions.loaded import load_all
from engine.words.saying import say
from tests.definitions.test_broken_content import GOOD

TEXT = "Bezwaar kost niets.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The good content, in which the letter includes a text that its statutory layer locks, and its calendar closed."""
    root = tmp_path / "content"
    shutil.copytree(GOOD, root)
    (root / "templates/letters/land/partials/kern.md").write_text(TEXT, encoding="utf-8")
    letter = root / "templates/letters/dorp/B-01/2026-01-01.md"
    letter.write_text(letter.read_text(encoding="utf-8") + '\n{% include "kern" %}\n', encoding="utf-8")
    land = root / "rules/land/organisation.yaml"
    locks = f'closed_calendar: true\nlocked_partials: {{kern: "{sha256(TEXT.encode()).hexdigest()[:16]}"}}\n'
    land.write_text(land.read_text(encoding="utf-8") + locks, encoding="utf-8")
    (root / "rules/dorp/calendar").mkdir()
    (root / "templates/letters/dorp/partials").mkdir()
    return root


def found_in(root: Path) -> list[str]:
    """What is wrong with the content, as it is said; of what follows from it only the cause is asked for here."""
    return [say(finding).text() for finding in load_all(root)[1]]


def calendar(root: Path, days: str) -> None:
    """A calendar of the organisation itself."""
    head = "calendar: eigen\ntitle: Eigen dagen\nvalid_from: 2026-01-01\n"
    (root / "rules/dorp/calendar/2026-01-01.yaml").write_text(head + days, encoding="utf-8")


def test_the_text_as_it_was_agreed_is_used(root: Path) -> None:
    assert found_in(root) == []


def test_a_locked_text_is_not_replaced_by_one_of_the_organisation(root: Path) -> None:
    """F-43: an objection clause of one's own, with a fee."""
    (root / "templates/letters/dorp/partials/kern.md").write_text("Bezwaar kost 50 euro.\n", encoding="utf-8")
    texts = found_in(root)
    assert any('"kern" van land staat vast, en wordt hier vervangen' in one for one in texts), texts
    assert any(one.startswith("templates/letters/dorp/partials/kern.md:1:1") for one in texts), texts


def test_a_locked_text_that_changed_says_what_to_agree_to(root: Path) -> None:
    changed = "Bezwaar kost 50 euro.\n"
    (root / "templates/letters/land/partials/kern.md").write_text(changed, encoding="utf-8")
    texts = found_in(root)
    now = sha256(changed.encode()).hexdigest()[:16]
    assert any(f"kern: {now} bij locked_partials van land" in one for one in texts), texts


def test_an_organisation_cannot_agree_to_another_text_by_itself(root: Path) -> None:
    changed = "Bezwaar kost 50 euro.\n"
    (root / "templates/letters/land/partials/kern.md").write_text(changed, encoding="utf-8")
    dorp = root / "rules/dorp/organisation.yaml"
    own = f'locked_partials: {{kern: "{sha256(changed.encode()).hexdigest()[:16]}"}}\n'
    dorp.write_text(dorp.read_text(encoding="utf-8") + own, encoding="utf-8")
    assert any('"kern" is veranderd sinds het werd vastgezet' in one for one in found_in(root))


@pytest.mark.parametrize(
    "days", ["equated_days: [{day: 2026-06-01, source: Eigen besluit}]\n", "loaded_years: [2031]\n"]
)
def test_days_that_move_the_end_of_terms_are_said_by_the_law_alone(root: Path, days: str) -> None:
    """F-43: a calendar of one's own with thirty days that count as holidays."""
    calendar(root, days)
    texts = found_in(root)
    assert any("Alleen land mag zeggen welke dagen met een feestdag gelijk staan" in one for one in texts), texts
    assert any(re.match(r"rules/dorp/calendar/2026-01-01.yaml:4:", one) for one in texts), texts


def test_vacations_are_the_organisation_s_own(root: Path) -> None:
    calendar(
        root,
        "vacations: [{region: noord, school_year: 2026-2027, name: meivakantie, "
        "first_day: 2027-04-24, last_day: 2027-05-02, source: Eigen rooster}]\n",
    )
    assert found_in(root) == []
