"""Late has one meaning: the page of a case, the inbox, the figures and the clock itself say the same."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from engine.cli.pages.case_pages import case_page
from engine.core.deciding.case import Actor
from engine.core.deciding.situation import look, project_clock
from engine.core.deciding.step import Refusal, Step
from engine.core.deciding.waiting import act_by_day, most_pressing
from engine.core.language.facts import Value
from engine.core.legal_clock.ledger_lines import tell_ledger
from engine.core.legal_clock.projection import Lateness, lateness_at
from engine.core.moment import local_day
from engine.line.case_line import open_line
from engine.usecases.list_work import list_inbox
from engine.usecases.run_due import run_due
from engine.usecases.show_case import show_case
from engine.usecases.summarise_year import summarise_year
from engine.views.case_view import Reader
from tests.cli.terminal import Terminal
from tests.core.decisions.garden import BOARD, COMMITTEE, FITS, KEEPER, MEMBER
from tests.store.set_back import set_back
from tests.usecases.workplace import REAL, Office, ask_gardens, at, change, make_office, make_world, member

pytestmark = pytest.mark.long

APPLICANT, GUIDE = Actor(role="aanvrager"), Actor(role="toeleiding")
PUPIL = {"leerling.nummer": "900000001", "leerling.naam": "Sam Voorbeeld", "sector": "vo", "tlv.soort": "vso"}
APPLICATION = REAL / "examples" / "kennismaking" / "aanvraag.yaml"


@pytest.fixture
def almere(tmp_path: Path) -> Iterator[Office]:
    """A rehearsal workplace with the real content."""
    made = make_office(tmp_path / "oefenen", "2026-09-07 09:00", REAL, organisation="almere")
    yield made
    made.close()


def seen(office: Office, case_id: str, term: str) -> tuple[str, bool, tuple[int, int, int]]:
    """What the page says of the term, whether the inbox calls it late, and the figures: met, missed, running."""
    runtime, moment = office.runtime, office.runtime.now()
    page = case_page(show_case(runtime, case_id, Reader()))
    (line,) = (line for line in page if line.endswith(f"[{term}]"))
    late = {one.term for row in list_inbox(runtime, moment).rows if row.case_id == case_id for one in row.overdue}
    (count,) = (one for one in summarise_year(runtime).terms if one.term == term)
    return line.strip(), term in late, (count.met, count.missed, count.running)


def test_a_stop_that_came_back_is_done_everywhere(almere: Office) -> None:
    term = "ontvangstbevestiging"
    case_id = almere.open("tlv", PUPIL, APPLICANT)
    given = YAML(typ="safe").load(APPLICATION.read_text(encoding="utf-8"))
    facts = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    assert isinstance(almere.act(case_id, "indienen", APPLICANT, facts), Step)
    almere.pass_time("2026-09-08 09:00")  # the letter leaves, and with it the clock is done
    done = "Ontvangst bevestigen: t/m woensdag 9 september 2026, klaar  [ontvangstbevestiging]"
    assert seen(almere, case_id, term) == (done, False, (1, 0, 0))
    assert isinstance(almere.correct(case_id, term, 2, GUIDE), Step)
    almere.pass_time("2026-09-14 09:00")
    late = "Ontvangst bevestigen: t/m woensdag 9 september 2026, loopt  TE LAAT  [ontvangstbevestiging]"
    assert seen(almere, case_id, term) == (late, True, (0, 1, 0))
    assert isinstance(almere.correct(case_id, term, 3, GUIDE), Step)
    almere.pass_time("2026-09-15 09:00")
    assert seen(almere, case_id, term) == (done, False, (1, 0, 0))


def test_a_database_of_the_first_tables_knows_who_is_late_after_its_upgrade(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    office.put_clock("2026-05-04 09:00")
    before = list_inbox(office.runtime, office.runtime.now())
    assert [one.term for one in before.rows[0].overdue] == ["beslissen"]
    office.close()
    set_back(office.folder / "trede.db", "0001")
    Terminal(office.folder).run("inbox").expect(5)
    Terminal(office.folder).run("upgrade").expect(0)
    again = Office(office.folder)
    assert list_inbox(again.runtime, again.runtime.now()) == before
    assert again.case(case_id).version == 1, "that the row was filled is no step of the case"
    again.close()


# -- whatever happened to the clocks of a case

ACTS: Mapping[str, tuple[Actor, Mapping[str, Value]]] = {
    "vragen": (KEEPER, {}),
    "aanvullen": (MEMBER, {"plan": "prei"}),
    "verlengen": (KEEPER, {}),
    "uitstellen": (KEEPER, {}),
    "toewijzen": (BOARD, {}),
    "inspecteren": (COMMITTEE, {}),
    "goedkeuren": (COMMITTEE, {}),
    "meten": (COMMITTEE, {}),
    "intrekken": (MEMBER, {}),
}
# An end is rare: after it nothing happens any more.
DEEDS = ("sweep", "wait", *(["correct"] * 5), *(act for act in ACTS if act != "intrekken"))
STORIES = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 20), st.integers(0, 9), st.booleans()), min_size=5, max_size=14
)
CLOCKS = ("beslissen", "proef", "nameten")
_numbers = count()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workplace of the garden in which somebody is told of every term that nobody kept."""
    folder = tmp_path_factory.mktemp("laat")
    content = make_world(folder / "inhoud")
    told = "\n    passed: {tells: [bestuur]}"
    rules = "rules/tuindorp/tuin/2026-01-01.yaml"
    change(content, rules, "stops_on: [goedkeuren]", f"stops_on: [goedkeuren]{told}")
    change(content, rules, "anchor: {fact: meting_op}", f"anchor: {{fact: meting_op}}{told}")
    make_office(folder / "kantoor", "2026-03-02 09:00", content).close()
    return folder


# Seen: a term for the applicant has passed, and nobody came by since to move the case. Nobody is late with that.
PASSED_BY_ITSELF = [
    ("uitstellen", 11, 4, True),
    ("vragen", 10, 5, True),
    ("correct", 2, 9, True),
    ("wait", 20, 1, False),
]


# Without shrinking: a story is short, and each try of it is a workplace of its own.
@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(entry=st.sampled_from(("aanvraag", "overname")), story=STORIES)
@example(entry="aanvraag", story=PASSED_BY_ITSELF)
def test_page_inbox_figures_and_clock_say_the_same_of_any_ledger(
    template: Path, entry: str, story: list[tuple[str, int, int, bool]]
) -> None:
    folder = template / f"kantoor-{next(_numbers)}"
    shutil.copytree(template / "kantoor", folder, symlinks=True)
    office = Office(folder)
    case_id = office.open("tuin", {**member(1), **FITS}, KEEPER, entry)
    moment = at("2026-03-02 09:00")
    for deed, gap, number, is_move in story:
        moment += timedelta(days=gap, minutes=1)
        office.put_clock(f"{moment:%Y-%m-%d %H:%M}")
        _do(office, case_id, deed, moment.date(), number, is_move)
        _compare(office, case_id)
    office.close()
    shutil.rmtree(folder)


def _do(office: Office, case_id: str, deed: str, today: date, number: int, is_move: bool) -> None:
    """One deed; what the case does not allow is refused, and nothing happened."""
    if deed == "sweep":
        run_due(office.runtime)
    elif deed == "correct" and (clocks := office.case(case_id).clocks):
        clock = clocks[number % len(clocks)]
        to = today - timedelta(days=number) if is_move else None
        office.correct(case_id, clock.key, 1 + (number * 7 + today.day) % len(clock.ledger), KEEPER, to)
    elif deed == "meten":
        office.record(case_id, {"meting_op": today - timedelta(days=number)}, COMMITTEE)
    elif deed in ACTS:
        actor, facts = ACTS[deed]
        given = {**facts, **({"nieuwe_dag": today + timedelta(days=5 * number + 20)} if deed == "uitstellen" else {})}
        outcome = office.act(case_id, deed, actor, given, reason="x")
        assert isinstance(outcome, Step | Refusal)


def _compare(office: Office, case_id: str) -> None:
    runtime, now, case = office.runtime, office.runtime.now(), office.case(case_id)
    content = runtime.content_of(case, local_day(now))
    page = case_page(show_case(runtime, case_id, Reader()))
    shown = {line.rpartition("[")[2].rstrip("]"): line for line in page if line.endswith("]")}
    inbox = {one.clock for row in list_inbox(runtime, now).rows if row.case_id == case_id for one in row.overdue}
    _compare_what_presses(office, case_id)
    figures = {one.term: one for one in summarise_year(runtime).terms}
    for clock in case.clocks:
        if clock.key not in CLOCKS:
            continue
        lateness = lateness_at(project_clock(content, clock), now)
        line, told = shown[clock.key], tell_ledger(clock.ledger)
        assert ("TE LAAT" in line) == (lateness in (Lateness.LATE, Lateness.DONE_LATE)), line
        assert ("klaar" in line) == (lateness in (Lateness.DONE_IN_TIME, Lateness.DONE_LATE)), line
        assert (clock.key in inbox) == (lateness is Lateness.LATE)
        if project_clock(content, clock).started_on is None:
            continue
        one = figures[clock.term]
        counted = Counter(met=one.met, missed=one.missed, running=one.running)
        column = {Lateness.OPEN: "running", Lateness.DONE_IN_TIME: "met"}.get(lateness, "missed")
        assert counted[column], (counted, lateness, told)
        if all(line.entry.__class__.__name__ != "Restarted" for line in told):
            assert counted == Counter({column: 1, "met": 0, "missed": 0, "running": 0} | {column: 1})


def _compare_what_presses(office: Office, case_id: str) -> None:
    """What the inbox says to act for first is what the page says that presses most; the longest late goes first."""
    with open_line(office.runtime) as line:
        pressing = most_pressing(look(line.about(case_id)))
    row = next((row for row in list_inbox(office.runtime, office.runtime.now()).rows if row.case_id == case_id), None)
    if row is None or row.is_closed:
        assert office.case(case_id).is_closed
        return
    first = min(row.overdue, key=lambda one: one.due_at, default=row.first)
    assert (pressing is None) == (first is None)
    if pressing is not None and first is not None:
        assert pressing.is_late == bool(row.overdue)
        assert act_by_day(pressing) == (first.latest_start or first.last_day)
