"""A later law that lets a term be made longer less often, or by less (docs/decisions/law-over-time.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.cli.pages import history_page
from engine.cli.pages.wording import ContentWords
from engine.core.deciding.step import EntryKind, Refusal, Step
from engine.core.language.facts import Value
from engine.usecases.reproject_cases import reproject_changed
from engine.words.of_journal import say_notice
from tests.core.decisions.garden import BOARD, KEEPER
from tests.usecases.lawful import OWN, law
from tests.usecases.test_stricter_law import last_day
from tests.usecases.workplace import Office, ask_gardens, change, day, make_office

pytestmark = pytest.mark.long

SINCE = "2026-03-16"
EXTEND = "extend: {by: verlengen, length: 2 weeks, times: 1}"
DEFER = "defer: {by: uitstellen, until: {fact: nieuwe_dag}, times: 1}"
LESS = EXTEND.replace("2 weeks", "1 weeks")
LONGEST = DEFER.replace("times: 1", "times: 1, at_most: 2 weeks")


@pytest.fixture
def office(tmp_path: Path, ruled: Path) -> Office:
    return make_office(tmp_path / "kantoor", "2026-03-02 09:00", ruled)


def lesser(world: Path, extend: str = EXTEND, defer: str = DEFER, *, since: str = SINCE, more: str = "") -> None:
    """From this day on the law lets the term to decide be made longer by so much."""
    law(world, since, "8 weeks", more)
    path = f"rules/land/tuin/{since}.yaml"
    for was, now in ((EXTEND, extend), (DEFER, defer)):
        if was != now:
            change(world, path, f"    {was}\n", f"    {now}\n" if now else "")


def begun(office: Office) -> Office:
    """The law was published before its day; the sweep of that day has been."""
    reproject_changed(office.runtime)
    office.put_clock(f"{SINCE} 08:00")
    reproject_changed(office.runtime)
    return office


def extend(office: Office, case_id: str) -> Step | Refusal:
    return office.act(case_id, "verlengen", KEEPER)


def defer(office: Office, case_id: str, until: str) -> Step | Refusal:
    facts: dict[str, Value] = {"nieuwe_dag": day(until)}
    return office.act(case_id, "uitstellen", KEEPER, facts)


def refused(outcome: Step | Refusal) -> tuple[str, object]:
    assert isinstance(outcome, Refusal), outcome
    (blocker,) = outcome.blockers
    assert blocker.said is not None
    return blocker.said.code, blocker.said.parameters.get("since")


def told(office: Office, case_id: str) -> list[str]:
    """What lies in the inbox because of the law, in words."""
    with office.runtime.reading() as readings:
        notices = readings.notices(case_id)
    mine = [one for one in notices if one.kind in ("law_extends_less", "law_defers_less")]
    assert all(one.to == "beheerder" for one in mine)
    return [say_notice(one.kind, one.parameters, term=one.term) for one in mine]


def lines(office: Office, case_id: str) -> list[object]:
    found = (one.details for one in office.journal(case_id) if one.kind is EntryKind.CLOCK)
    return [told["law"] for told in found if "law" in told]


def test_an_extension_that_the_law_forbids_is_refused_from_its_day_on(office: Office, ruled: Path) -> None:
    (case_id,) = ask_gardens(office, 1)
    lesser(ruled, extend="")
    begun(office)
    assert refused(extend(office, case_id)) == ("law_prolongs_less", day(SINCE))
    assert last_day(office, case_id) == day("2026-04-13")
    assert isinstance(office.act(case_id, "toewijzen", BOARD), Step), "nobody is left without a way on"


def test_a_shorter_extension_is_as_long_as_the_law_lets_it_be(office: Office, ruled: Path) -> None:
    (case_id,) = ask_gardens(office, 1)
    lesser(ruled, extend=LESS)
    begun(office)
    assert isinstance(extend(office, case_id), Step)
    assert last_day(office, case_id) == day("2026-04-20")


def test_before_its_day_the_law_binds_nobody(office: Office, ruled: Path) -> None:
    (case_id,) = ask_gardens(office, 1)
    lesser(ruled, extend=LESS)
    reproject_changed(office.runtime)
    office.put_clock("2026-03-15 08:00")
    assert isinstance(extend(office, case_id), Step)
    assert last_day(office, case_id) == day("2026-04-28")
    assert (told(office, case_id), lines(office, case_id)) == ([], [])


@pytest.mark.parametrize("how", ["", LESS])
def test_what_was_granted_before_the_law_stays(office: Office, ruled: Path, how: str) -> None:
    """It was decided by right, and told: who was told 28 April plans by it, and is not made late by the law after."""
    (case_id,) = ask_gardens(office, 1)
    assert isinstance(extend(office, case_id), Step)
    lesser(ruled, extend=how)
    begun(office)
    assert last_day(office, case_id) == day("2026-04-28")
    assert (told(office, case_id), lines(office, case_id)) == ([], []), "there was nothing left to take"


@pytest.mark.parametrize(
    ("extends", "defers", "said"),
    [
        ("", DEFER, ["Door een andere wet mag 'beslissen' vanaf maandag 16 maart 2026 niet meer worden verlengd."]),
        (
            LESS,
            DEFER,
            [
                "Door een andere wet mag 'beslissen' vanaf maandag 16 maart 2026 nog 1 keer, met hoogstens 1 week, "
                "worden verlengd."
            ],
        ),
        (
            EXTEND,
            "",
            [
                "Door een andere wet mag de laatste dag van 'beslissen' vanaf maandag 16 maart 2026 niet meer worden "
                "uitgesteld."
            ],
        ),
        (
            EXTEND,
            LONGEST,
            [
                "Door een andere wet mag de laatste dag van 'beslissen' vanaf maandag 16 maart 2026 nog 1 keer, met "
                "hoogstens 2 weken, worden uitgesteld."
            ],
        ),
    ],
)
def test_it_is_a_line_and_a_message_to_the_owner_once(
    office: Office, ruled: Path, extends: str, defers: str, said: list[str]
) -> None:
    (case_id,) = ask_gardens(office, 1)
    lesser(ruled, extends, defers)
    begun(office)
    for _ in range(2):
        assert (told(office, case_id), lines(office, case_id)) == (said, [SINCE])
        reproject_changed(office.runtime, anew=True)
    assert office.is_sound()


def test_a_deferral_follows_the_law_of_the_day_it_is_told(office: Office, ruled: Path) -> None:
    first, second = ask_gardens(office, 2)
    lesser(ruled, defer=LONGEST)
    begun(office)
    assert refused(defer(office, first, "2026-04-28")) == ("law_prolongs_less", day(SINCE))
    assert isinstance(defer(office, first, "2026-04-27"), Step)
    lesser_again = ruled / "rules/land/tuin/2026-03-18.yaml"
    lesser(ruled, defer="", since="2026-03-18")
    assert lesser_again.is_file()
    office.put_clock("2026-03-18 08:00")
    later = Office(office.folder)
    assert refused(defer(later, second, "2026-04-20")) == ("law_prolongs_less", day("2026-03-18"))


def test_a_looser_law_gives_running_cases_nothing_unless_it_says_so(office: Office, ruled: Path) -> None:
    (case_id,) = ask_gardens(office, 1)
    lesser(ruled, extend=EXTEND.replace("2 weeks", "4 weeks").replace("times: 1", "times: 2"))
    begun(office)
    assert isinstance(extend(office, case_id), Step)
    assert last_day(office, case_id) == day("2026-04-28")
    assert refused(extend(office, case_id))[0] == "extended_enough"
    assert told(office, case_id) == []


def test_a_looser_law_that_says_so_holds_for_who_had_what_the_law_gave(office: Office, ruled: Path) -> None:
    (case_id,) = ask_gardens(office, 1)
    lesser(ruled, extend=EXTEND.replace("2 weeks", "4 weeks"), more="running_cases: true")
    begun(office)
    assert isinstance(extend(office, case_id), Step)
    assert last_day(office, case_id) == day("2026-05-11")


@pytest.mark.parametrize("protects", ["citizen", "both"])
def test_whose_time_it_is_decides_whether_the_law_takes_from_running_clocks(
    tmp_path: Path, ruled: Path, protects: str
) -> None:
    """Time of a citizen is not cut for her; what is of public order stays as it was told."""
    own = ruled.joinpath(OWN).read_text("utf-8")
    change(ruled, OWN, own[own.index("  beslissen:") : own.index("  streven:")], "")
    change(ruled, "rules/land/tuin/2026-01-01.yaml", "protects: body", f"protects: {protects}")
    office = make_office(tmp_path / "kantoor", "2026-03-02 09:00", ruled)
    (case_id,) = ask_gardens(office, 1)
    lesser(ruled, extend="")
    change(ruled, f"rules/land/tuin/{SINCE}.yaml", "protects: body", f"protects: {protects}")
    begun(office)
    assert told(office, case_id) == []
    assert isinstance(extend(office, case_id), Step)


def test_the_history_says_it(office: Office, ruled: Path) -> None:
    (case_id,) = ask_gardens(office, 1)
    lesser(ruled, extend="")
    begun(office)
    (found,) = [one for one in office.journal(case_id) if "law" in one.details]
    words = ContentWords(office.runtime.content_of(office.case(case_id), day(SINCE)))
    said = "termijn wordt sinds maandag 16 maart 2026 minder of niet meer verlengd: 'Termijn om te beslissen' "
    assert history_page._clock_text(words, found.details) == f"{said}(Tuinwet art. 4)"
