"""Every case of every story is told by its journal: played again from its lines it stands where it stands (F-74)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from engine.core.deciding.case import Actor, Case
from engine.core.deciding.handling import assign_case
from engine.core.deciding.replay import Rebuilt, differences, rebuild
from engine.core.deciding.step import EntryKind, Step
from engine.core.evaluation.prepared import Content
from engine.line.case_line import open_line
from engine.rehearsal import rule_test_run
from engine.rehearsal import run_rule_tests as rule_tests
from engine.rehearsal.declared_people import declare_people
from engine.rehearsal.memory import MemoryRuntime
from engine.rehearsal.player import play
from engine.rehearsal.report import ScriptReport
from engine.runtime import Runtime
from engine.store.audit import lines_of_case
from engine.store.people import read_people
from engine.usecases.audit_cases import Replayed, replay_all
from engine.usecases.note_case import give_task, note_case
from engine.usecases.reopen_case import reopen_case
from engine.usecases.undo_act import undo_act
from tests.real_content import REAL, real_catalogue
from tests.scenarios.test_mending import EXPERTS, FORM, START, Request, advice
from tests.usecases.workplace import PEOPLE


@pytest.mark.slow
def test_every_case_of_every_story_is_rebuilt_from_its_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Replayed] = []

    def play_and_replay(runtime: Runtime, *plans: Any, **named: Any) -> ScriptReport:
        report = play(runtime, *plans, **named)
        found.extend(replay_all(runtime))
        return report

    monkeypatch.setattr(rule_test_run, "play", play_and_replay)
    monkeypatch.setattr(rule_tests, "is_available", lambda: False)
    report = rule_tests.run_rule_tests(REAL, "almere")
    assert len(found) >= report.stories > 50
    assert [(one.case_id, one.first) for one in found if one.first is not None] == []


@pytest.fixture
def request_for_tlv() -> Iterator[Request]:
    runtime = MemoryRuntime(real_catalogue(), "almere")
    with closing(runtime):
        runtime.begin(START)
        declare_people(runtime, PEOPLE, "")
        yield Request(runtime)


@pytest.fixture
def mended(request_for_tlv: Request) -> Request:
    """A case with records, an act that was undone, a correction, an end that was reopened, a note and a task."""
    case, leader = request_for_tlv, Actor(role="teamleider_toeleiding")
    for transition, role, facts in (
        ("indienen", "aanvrager", FORM),
        ("volledig_verklaren", "toeleiding", {}),
        ("deskundigen_toewijzen", "toeleiding", EXPERTS),
        ("advies_vastleggen", "deskundige_1", advice(1)),
    ):
        assert isinstance(case.act(transition, role, **facts), Step)
    with open_line(case.runtime) as line:
        assert isinstance(undo_act(line, case.id, "verkeerde zaak", Actor(role="deskundige_1")), Step)
    assert isinstance(case.act("advies_vastleggen", "deskundige_1", **advice(1)), Step)
    assert isinstance(case.correct("aanvrager", {"aanvraag.doelen": "Rustig leren lezen"}), Step)
    assert isinstance(case.act("intrekken", "aanvrager", **{"intrekking.ontvangen_op": date(2027, 1, 11)}), Step)
    with open_line(case.runtime) as line:
        assert isinstance(reopen_case(line, case.id, "verkeerde zaak", leader), Step)
        expert = read_people(line.work, "almere")[0]
        assert isinstance(line.keep(assign_case(line.about(case.id, leader), expert, "")), Step)
        assert isinstance(note_case(line, case.id, "Gebeld met de school", leader), Step)
        assert isinstance(give_task(line, case.id, "Terugbellen", "toeleiding", case.now.date(), leader), Step)
    return case


def seen(case: Request) -> tuple[Case, Rebuilt, Content]:
    with case.runtime.reading() as readings:
        stands = readings.load_case(case.id)
        return stands, rebuild(lines_of_case(readings, case.id)), case.runtime.content_of(stands, case.now.date())


def test_a_case_that_was_mended_is_rebuilt_from_its_journal(mended: Request) -> None:
    stands, found, content = seen(mended)
    assert list(differences(found, stands, content)) == []
    assert {record.kind for record in stands.records} >= {"deskundige_1", "deskundige_2", "advies_1"}
    with mended.runtime.reading() as readings:
        kinds = {entry.kind for _, entry in lines_of_case(readings, mended.id)}
    assert kinds >= set(MENDING)


MENDING = (
    EntryKind.RECORD,
    EntryKind.UNDONE,
    EntryKind.CORRECTED,
    EntryKind.REOPENED,
    EntryKind.NOTE,
    EntryKind.TASK,
    EntryKind.ASSIGNED,
)


def test_whatever_is_otherwise_than_the_lines_say_is_named(mended: Request) -> None:
    stands, found, content = seen(mended)
    first, *others = stands.records
    ended = replace(first, life="vervangen")
    said = replace(first, fields={name: replace(known, value="X") for name, known in first.fields.items()})
    withdrawn = tuple(replace(mark, is_withdrawn=True) for mark in stands.letters)
    for damaged, what in (
        (replace(stands, records=tuple(others)), f"records.{first.key}"),
        (replace(stands, records=(ended, *others)), f"records.{first.key}"),
        (replace(stands, records=(said, *others)), f"records.{first.key}"),
        (replace(stands, records=(*stands.records, replace(first, number=9))), f"facts.{first.kind}."),
        (replace(stands, is_closed=True), "is_closed"),
        (replace(stands, handler=""), "handler"),
        (replace(stands, letters=withdrawn), "letters."),
        (replace(stands, clocks=stands.clocks[:-1]), f"clocks.{stands.clocks[-1].key}"),
    ):
        names = [name for name, _, _ in differences(found, damaged, content)]
        assert names
        assert all(name.startswith(what) for name in names), (what, names)
