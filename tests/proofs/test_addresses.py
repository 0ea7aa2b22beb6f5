"""A letter has an address whenever it is made, or its rules say why it may wait (F-54)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.core.evaluation.prepared import Content
from engine.proofs.dataflow import Dataflow
from engine.proofs.letter_fields import prove_letter_fields
from tests.real_content import real_catalogue

pytestmark = pytest.mark.long

ADDRESS = "school.contact"


def content_of(workflow: str) -> Content:
    return real_catalogue().content("almere", workflow, date(2026, 11, 27))


def without_address(content: Content) -> Content:
    """The same, with the address of the school asked for nowhere."""
    workflow = content.workflow
    entries = tuple(
        replace(one, requires=tuple(fact for fact in one.requires if fact != ADDRESS)) for one in workflow.entries
    )
    return replace(content, workflow=replace(workflow, entries=entries))


def found(content: Content) -> set[tuple[str, object]]:
    findings = prove_letter_fields(content, Dataflow(content)).findings
    return {(one.kind, one.parameters["addressee"]) for one in findings}


def test_an_address_that_is_asked_for_no_more_is_missed_by_letters_that_start_no_clock() -> None:
    content = content_of("terugkeer")
    assert found(content) == set()
    assert ("address_not_known", "school") in found(without_address(content))


def test_a_letter_may_wait_for_its_address_when_the_rules_say_why() -> None:
    content = content_of("tlv_afloop")
    assert found(content) == set()
    said = replace(content, rules=replace(content.rules, may_wait={}))
    assert found(said) == {("address_not_known", "school")}


def test_a_letter_from_whose_sending_something_counts_may_not_wait() -> None:
    content = content_of("tlv")
    reasons = {"aanvrager": "vraagt het adres op"}
    waiting = replace(content, rules=replace(content.rules, may_wait=reasons))
    transitions = tuple(
        replace(one, requires=tuple(fact for fact in one.requires if fact != ADDRESS))
        for one in content.workflow.transitions
    )
    loose = replace(waiting, workflow=replace(waiting.workflow, transitions=transitions))
    assert ("address_not_known", "aanvrager") in found(loose)
