"""Whether a declaration counts on a day: the dossier, a plain loop, and every evaluator say the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.deciding.case import ENGINE, Record
from engine.core.deciding.opening import Opening, new_case
from engine.core.deciding.question import ask
from engine.core.deciding.situation import Situation, look
from engine.core.deciding.subject import Subject
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import KnownFact, Value
from engine.crosscheck.partner import SecondEvaluator
from engine.rehearsal.compare_evaluators import Comparison
from tests.real_content import real_catalogue

pytestmark = pytest.mark.long

NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
SORTS, LIVES = ("sbo", "so", "vso", "pro"), ("geldig", "verlopen", "ingetrokken")
DAYS = st.dates(date(2026, 7, 1), date(2027, 9, 1))
DECLARATIONS = st.lists(
    st.fixed_dictionaries(
        {"soort": st.sampled_from(SORTS), "begin": DAYS},
        optional={"einde": st.integers(0, 400).map(timedelta)},
    ).flatmap(lambda one: st.sampled_from(LIVES).map(lambda life: (life, one))),
    max_size=4,
)


@lru_cache
def content() -> Content:
    return real_catalogue().content("almere", "aanmelding", NOW.date())


def record(number: int, life: str, said: Mapping[str, object]) -> Record:
    values: dict[str, Value] = {"nummer": f"TLV-2026-{number:04}", **said}  # type: ignore[dict-item]  # values of days
    if "einde" in values:
        values["einde"] = values["begin"] + values["einde"]  # type: ignore[operator]  # a length after its begin
    fields = {name: KnownFact(value=value, by="toeleiding", at=NOW) for name, value in values.items()}
    return Record(kind="verklaring", number=number, fields=fields, at=NOW, by="toeleiding", life=life, case="TLV-1")


def situation(records: tuple[Record, ...], sort: str, first: date) -> Situation:
    subject = Subject(organisation="almere", kind="leerling", number="1001", version=1, records=records)
    case = new_case(content(), Opening(case_id="AAN-2026-0001", subject="1001"), NOW)
    said: dict[str, Value] = {"plek.soort": sort, "eerste_dag.op": first}
    facts = {fact: KnownFact(value=value, by="test", at=NOW) for fact, value in said.items()}
    return look(ask(content(), replace(case, facts=facts), ENGINE, NOW, (), subject))


def counts(record: Record, sort: str, first: date) -> bool:
    known = {name: one.value for name, one in record.fields.items()}
    is_begun = known["begin"] <= first  # type: ignore[operator]  # a day
    is_over = "einde" in known and known["einde"] < first  # type: ignore[operator]  # a day
    return record.life == "geldig" and known["soort"] == sort and is_begun and not is_over


def assert_all_say_so(said: list[tuple[str, Mapping[str, object]]], sort: str, first: date, judge: Comparison) -> None:
    records = tuple(record(number, life, one) for number, (life, one) in enumerate(said, 1))
    seen = situation(records, sort, first)
    expected = [counts(one, sort, first) for one in records]
    assert seen.lookup("geldige_verklaringen.count") == sum(expected)
    assert seen.lookup("tlv_in_orde") is any(expected)
    why = seen.explain_view("geldige_verklaringen.any")
    assert why is not None
    assert [part.truth for part in why.parts] == expected
    assert judge.differences(seen) == ()


@settings(max_examples=60, deadline=None)
@given(said=DECLARATIONS, sort=st.sampled_from(SORTS), first=DAYS)
def test_the_dossier_and_a_plain_loop_agree_on_what_counts(
    said: list[tuple[str, Mapping[str, object]]], sort: str, first: date
) -> None:
    assert_all_say_so(said, sort, first, Comparison(None))


@pytest.mark.slow
def test_the_second_evaluator_agrees_too() -> None:
    with SecondEvaluator() as partner:

        @settings(max_examples=40, deadline=None)
        @given(said=DECLARATIONS, sort=st.sampled_from(SORTS), first=DAYS)
        def agree(said: list[tuple[str, Mapping[str, object]]], sort: str, first: date) -> None:
            assert_all_say_so(said, sort, first, Comparison(partner))

        agree()


def test_a_view_of_the_dossier_says_what_the_same_view_of_a_case_says() -> None:
    """The rows come from one room: whose records they are changes nothing in what is seen of them."""
    mine = tuple(record(number, "geldig", {"soort": "vso", "begin": date(2026, 8, number)}) for number in (1, 2, 3))
    seen = situation(mine, "vso", date(2026, 8, 2))
    own = replace(seen.case, records=mine, of_subject=())
    assert own.records_of("verklaring") == seen.case.records_of("verklaring")
    assert seen.lookup("geldige_verklaringen.latest.nummer") == "TLV-2026-0002"
