"""The main job with the real content, through the store, the letters and the outbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from engine.core.deciding.step import BlockerKind, Refusal
from engine.usecases.explain_case import explain_case
from engine.usecases.send_letters import send_letters
from tests.scenarios.story_of_a_grant import (
    ADMISSION,
    APPLICANT,
    COMPLETE,
    DECISION,
    LEADER,
    apply_for,
    bring_to_decision,
    done,
)
from tests.usecases.workplace import REAL, Office, day, make_office

DAYS = {"asked": "2027-02-10", "completed": "2027-02-24", "advised": "2027-03-10"}


@pytest.fixture
def almere(tmp_path: Path) -> Iterator[Office]:
    """A rehearsal of the real organisation, at the end of January."""
    office = make_office(tmp_path / "almere", "2027-01-29 09:00", REAL, organisation="almere")
    yield office
    office.close()


def text_of(pdf: str) -> str:
    """All words of a PDF, spaces made plain."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())


@pytest.mark.slow
def test_a_granted_application_sends_two_letters_with_the_right_last_day_for_objection(almere: Office) -> None:
    case_id = apply_for(almere)
    bring_to_decision(almere, case_id, DAYS)
    almere.pass_time("2027-03-24 11:00")
    step = done(almere.act(case_id, "toekennen", LEADER, DECISION))
    assert [letter.letter for letter in step.letters].count("L-06") == 2
    assert send_letters(almere.runtime).failed == ()

    case = almere.case(case_id)
    assert case.state == "toegekend_bekendgemaakt"
    rows = [row for row in almere.letters(case_id) if row.letter.letter == "L-06"]
    assert {row.letter.addressee for row in rows} == {"aanvrager", "ouders"}
    for row in rows:
        # Six weeks end on 5 May; that day, Ascension and the Friday after it do not count, nor does the weekend.
        assert row.frozen is not None
        assert row.frozen.fields["laatste_bezwaardag"] == day("2027-05-10")
        assert row.sent_on == day("2027-03-24")
        words = text_of(str(almere.runtime.settings.outbox / row.pdf_path))
        assert "maandag 10 mei 2027" in words
        assert "24 maart 2027" in words
        assert "bezwaar" in words
        assert case_id in words
        assert row.letter.addressee_name in words
    assert {row.letter.addressee_name for row in rows} > {"J. en M. Voorbeeld"}
    deadlines = {row.deadline.clock: row.deadline.last_day for row in almere.deadlines(case_id) if row.status == "open"}
    assert deadlines["bezwaartermijn/aanvrager"] == deadlines["bezwaartermijn/ouders"] == day("2027-05-10")
    assert almere.is_sound()


@pytest.mark.slow
def test_before_each_step_the_case_says_what_is_missing_and_who_supplies_it(almere: Office) -> None:
    case_id = apply_for(almere)
    found = {item.transition: item for item in explain_case(almere.runtime, case_id).possibilities}
    assert found["aanvulling_vragen"].is_open
    assert not found["volledig_verklaren"].is_open
    bring_to_decision(almere, case_id, DAYS)
    found = {item.transition: item for item in explain_case(almere.runtime, case_id).possibilities}
    missing = {b.subject: b for b in found["toekennen"].blockers if b.kind is BlockerKind.MISSING_FACT}
    assert {"besluit.motivering", "tlv.categorie"} <= set(missing)
    assert all(blocker.detail and blocker.supplied_by for blocker in missing.values()), missing
    refused = almere.act(case_id, "toekennen", LEADER)
    assert isinstance(refused, Refusal)
    assert set(missing) <= {b.subject for b in refused.blockers}
    by_nobody = almere.act(case_id, "toekennen", APPLICANT, DECISION)
    assert isinstance(by_nobody, Refusal)
    assert by_nobody.blockers[0].kind is BlockerKind.NO_MANDATE
    assert almere.case(case_id).state == "besluitrijp"


@pytest.mark.slow
def test_a_suspended_clock_gives_the_days_back(almere: Office) -> None:
    case_id = apply_for(almere)
    almere.pass_time("2027-02-08")
    done(almere.act(case_id, "aanvulling_vragen", ADMISSION))
    almere.pass_time("2027-02-08 09:00")  # the request leaves as the office opens
    open_now = {row.deadline.clock for row in almere.deadlines(case_id) if row.status == "open"}
    assert "beslistermijn" not in open_now
    almere.pass_time("2027-02-15")
    done(almere.act(case_id, "aanvulling_ontvangen", APPLICANT, COMPLETE))
    last = {row.deadline.clock: row.deadline.last_day for row in almere.deadlines(case_id) if row.status == "open"}
    # Eight weeks from 29 January end on Good Friday 26 March; six days stood still.
    assert last["beslistermijn"] == day("2027-04-01")
