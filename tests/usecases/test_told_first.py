"""After weeks of absence a sweep has more to tell than fits: what the law says of a child is among it."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from engine.core.deciding.case import ENGINE
from engine.core.deciding.step import EntryKind
from engine.store.records import JournalEntry
from engine.usecases.tell_sweep import weightiest


def line(seq: int, case_id: str, kind: str) -> JournalEntry:
    return JournalEntry(
        seq=seq,
        organisation="tuindorp",
        case_id=case_id,
        case_version=1,
        at=datetime(2026, 9, 1, tzinfo=UTC),
        actor=ENGINE,
        kind=EntryKind.TERM_PASSED,
        details={"term_kind": kind},
        details_text="",
        content_digest="",
        previous_hash="",
        hash="",
    )


def test_a_term_of_the_law_is_told_however_many_others_passed_before_it() -> None:
    lines = [
        *(line(seq, f"NET-{seq}", "agreed") for seq in range(1, 9)),
        line(9, "TLV-1", "target"),
        line(10, "TLV-1", "statutory"),
    ]
    assert [one.seq for one in weightiest(lines, 4)] == [1, 2, 9, 10]


@given(
    st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["agreed", "statutory"])), max_size=12), st.integers(1, 12)
)
def test_the_lines_keep_their_order_and_no_more_are_told_than_fit(drawn: list[tuple[int, str]], most: int) -> None:
    lines = [line(seq, f"Z-{case}", kind) for seq, (case, kind) in enumerate(drawn, 1)]
    told = weightiest(lines, most)
    urgent = {one.case_id for one in lines if one.details["term_kind"] == "statutory"}
    assert len(told) == min(most, len(lines))
    assert [one.seq for one in told] == sorted(one.seq for one in told)
    left = [one for one in lines if one not in told]
    assert not (any(one.case_id in urgent for one in left) and any(one.case_id not in urgent for one in told))
