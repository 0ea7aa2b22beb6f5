from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.deciding.case import Case, Clock, LastAct, LetterMark, Record
from engine.core.errors import StoreError, UsageError
from engine.core.language.facts import KnownFact
from engine.core.legal_clock.ledger import Corrected, Deferred, Extended, Resumed, Started, Stopped, Suspended
from engine.core.legal_clock.period import Period, Unit
from engine.store.codec import decode_case, values_from_json, values_to_json
from engine.store.snapshot import encode_snapshot, moment_text, value_from_plain
from tests.store.samples import START, make_case

words = st.text(st.characters(codec="utf-8"), max_size=20)
moments = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(9000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
values = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    moments,
    words,
    st.lists(words, max_size=4).map(tuple),
)


def stored(case: Case) -> Case:
    row = {field.name: getattr(case, field.name) for field in fields(case)}
    return decode_case(row | {"snapshot": encode_snapshot(case)})


@given(st.dictionaries(words, values, max_size=6))
@settings(max_examples=200)
def test_values_come_back_with_their_type(facts: dict[str, object]) -> None:
    back = values_from_json(values_to_json(facts))  # type: ignore[arg-type]
    assert back == facts
    assert {name: type(value) for name, value in back.items()} == {name: type(value) for name, value in facts.items()}


@given(moments, moments)
def test_the_order_of_moments_as_text_is_their_order_in_time(one: datetime, other: datetime) -> None:
    assert (moment_text(one) < moment_text(other)) == (one < other)
    assert len(moment_text(one)) == 32


def test_a_moment_of_another_zone_is_written_in_utc() -> None:
    amsterdam_summer = timezone(timedelta(hours=2))
    assert moment_text(datetime(2026, 8, 3, 9, 0, tzinfo=amsterdam_summer)) == "2026-08-03T07:00:00.000000+00:00"


def test_a_naive_moment_is_refused() -> None:
    naive = datetime(2026, 8, 3, 9, 0)  # noqa: DTZ001 - the mistake under test
    for write in (moment_text, lambda moment: values_to_json({"dag": moment})):
        with pytest.raises(UsageError, match="moment_without_zone"):
            write(naive)
    with pytest.raises(UsageError, match="moment_without_zone"):
        encode_snapshot(make_case(facts={"dag": KnownFact(value="x", by="boer", at=naive)}))


def test_numbers_that_json_does_not_have_are_refused() -> None:
    for number in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="JSON"):
            values_to_json({"hoogte": number})


def test_a_case_with_everything_in_it_comes_back_the_same() -> None:
    by = {"recorded_at": START, "by": "loket", "reason": "er ontbreekt een tekening", "basis": "art. 3"}
    ledger = (
        Started(**by, day=date(2026, 8, 3)),
        Suspended(**by, from_day=date(2026, 8, 10)),
        Resumed(**by, on_day=date(2026, 8, 20)),
        Extended(**by, period=Period(amount=6, unit=Unit.WEEKS)),
        Deferred(**by, until=date(2026, 12, 1)),
        Corrected(**by, cancels=4),
        Stopped(**by, at=START + timedelta(microseconds=1)),
    )
    case = make_case(
        clocks=(
            Clock(term="beslissen", ledger=ledger, fired=("a", "b")),
            Clock(term="bezwaar", ledger=ledger[:1], addressee="boer"),
        ),
        letters=(
            LetterMark(key="b1", letter="besluit", addressee="boer", sent_on=date(2026, 9, 1)),
            LetterMark(key="b2", letter="besluit", addressee="buur"),
        ),
        parent="HEK-2026-0001",
        is_closed=True,
        facts={"kleuren": KnownFact(value=("rood", "grijs"), by="boer", at=START)},
        records=(
            Record(
                kind="schouw",
                number=2,
                fields={"op": KnownFact(value=date(2026, 8, 4), by="boer", at=START)},
                at=START,
                by="boer",
                life="gedaan",
                belongs_to=1,
            ),
        ),
    )
    assert stored(case) == case


def test_a_case_of_the_first_edition_has_no_records() -> None:
    case = make_case()
    snapshot = json.loads(encode_snapshot(case))
    del snapshot["records"]
    row = {field.name: getattr(case, field.name) for field in fields(case)}
    assert decode_case(row | {"snapshot": json.dumps(snapshot)}) == case


def test_every_part_of_a_case_is_kept() -> None:
    # A field added to Case must be added to what is stored, or this fails.
    written = Record(kind="akker", number=1, fields={}, at=START, by="boer", life="geldt", case="HEK-2026-0002")
    case = make_case(
        parent="HEK-2026-0001",
        is_closed=True,
        letters=(LetterMark(key="k", letter="l", addressee="a"),),
        fixed={"kleuren": "toewijzen"},
        handler="P-0002",
        workflow_digest="ab" * 32,
        rules_digest="cd" * 32,
        law_version=START.date(),
        lower_rules="land/hek@2026-01-01",
        acted=("P-0001", "P-0002"),
        owed=(("T-02", "tuinder", "verlengen"),),
        last_act=LastAct(
            act="toewijzen",
            role="boer",
            at=START,
            state="aangevraagd",
            entered_at=START,
            subject="akker-7",
            facts={"kleuren": KnownFact(value=("rood",), by="boer", at=START), "maat": None},
            fixed={"kleuren": "vragen"},
            records=(),
            lines=(("beslissen", 2),),
            letters=0,
            barred="letter_sent",
            registered=((None, written), (written, replace(written, life="voorbij"))),
        ),
    )
    changed = replace(case, version=7, subject="akker-8", state="weg", entered_at=START + timedelta(days=1))
    for one in (case, changed):
        assert stored(one) == one
    kept = set(json.loads(encode_snapshot(case))) | {
        "id", "organisation", "workflow", "workflow_version", "rules_version", "state", "version", "subject",
        "opened_at", "entered_at", "parent", "is_closed", "handler", "workflow_digest", "rules_digest",
        "law_version", "lower_rules",
    }  # fmt: skip
    # What the register keeps of the subject is never kept with a case.
    assert kept == {field.name for field in fields(Case)} - {"of_subject"}


def test_what_an_act_left_as_it_was_is_written_as_it_was_read() -> None:
    """And kept once: what the last act can be taken back to names a record that is the same still by its place."""
    field, pole = (Record(kind="akker", number=n, fields={}, at=START, by="boer", life="geldt") for n in (1, 2))
    gone = replace(pole, life="voorbij")
    last = LastAct(
        act="rapen", role="boer", at=START, state="s", entered_at=START, subject="", facts={}, fixed={},
        records=(field, pole), lines=(), letters=0, barred="", registered=(),
    )  # fmt: skip
    started = Started(recorded_at=START, by="boer", day=START.date())
    case = make_case(records=(field, gone), last_act=last, clocks=(Clock(term="rijpen", ledger=(started,)),))
    text = encode_snapshot(case)
    assert json.loads(text)["last_act"]["records"][0] == 0
    assert json.loads(text)["last_act"]["records"][1]["life"] == "geldt"
    read = stored(case)
    assert read == case
    assert encode_snapshot(read) == text
    fired = replace(read.clocks[0], fired=("rijpen|passed",))
    assert stored(replace(read, clocks=(fired,))).clocks == (fired,), "one that changed is not written as it was read"


@pytest.mark.parametrize("plain", [None, {"dag": "2026-08-03"}, {"date": 3}, {}])
def test_a_value_that_was_written_otherwise_is_refused(plain: object) -> None:
    with pytest.raises(StoreError, match="niet te lezen"):
        value_from_plain(plain)


def test_a_snapshot_with_something_behind_it_is_damaged() -> None:
    case = make_case()
    row = {field.name: getattr(case, field.name) for field in fields(case)}
    with pytest.raises(StoreError):
        decode_case(row | {"snapshot": encode_snapshot(case) + "}"})


def test_a_fact_that_changed_is_not_written_as_it_was_read_and_one_line_of_before_is_read_too() -> None:
    """Why: what was read is kept as text, line by line; a text with an end of line in it is one line all the same."""
    case = make_case(facts={"oogst": KnownFact(value="rijp\nen é", by="boer", at=START)})
    read = stored(case)
    assert read == case
    assert encode_snapshot(read) == encode_snapshot(case)
    grown = replace(read, facts={**read.facts, "aantal": KnownFact(value=3, by="boer", at=START)})
    assert stored(grown) == grown
    row = {field.name: getattr(case, field.name) for field in fields(case)}
    old = decode_case(row | {"snapshot": json.dumps(json.loads(encode_snapshot(case)))})
    assert old == case
    assert encode_snapshot(old) == encode_snapshot(case)
