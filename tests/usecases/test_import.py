from __future__ import annotations

from pathlib import Path

import pytest

from engine.core.deciding.step import BlockerKind
from engine.core.errors import UsageError
from engine.usecases.import_register import ImportReport, import_register
from tests.core.decisions.garden import BOARD, KEEPER
from tests.usecases.workplace import Office

HEAD = "lid,naam,veld,pacht\n"


def bring(office: Office, text: str, **how: object) -> ImportReport:
    path = office.folder / "kasboek.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    return import_register(office.runtime, "tuin", path, how.pop("actor", KEEPER), **how)  # type: ignore[arg-type]


def test_a_register_is_taken_over_and_a_second_time_adds_nothing(office: Office) -> None:
    text = "1,Ans,noord,2026-12-31\n2,Bo,noord,\n"
    first = bring(office, text)
    assert (first.opened, first.known, first.bad) == (2, 0, ())
    again = bring(office, text)
    assert (again.opened, again.known) == (0, 2)
    assert [case.state for case in office.cases()] == ["in_gebruik", "in_gebruik"]


def test_a_second_register_adds_only_what_is_new(office: Office) -> None:
    bring(office, "1,Ans,noord,2026-12-31\n")
    report = bring(office, "1,Ans,noord,2026-12-31\n3,Cas,noord,2026-11-30\n")
    assert (report.opened, report.known) == (1, 1)


def test_what_was_taken_over_and_closed_since_is_not_taken_over_again(office: Office) -> None:
    bring(office, "1,Ans,noord,2026-03-10\n")
    office.pass_time("2026-03-12")
    assert office.cases()[0].is_closed
    assert bring(office, "1,Ans,noord,2026-03-10\n").opened == 0


def test_with_one_bad_row_nothing_is_taken_over_and_every_bad_cell_is_named(office: Office) -> None:
    report = bring(office, "1,Ans,noord,2026-12-31\n2,,oost,morgen\n1,Ans,noord,2026-12-31\n")
    assert report.opened == 0
    assert office.cases() == []
    assert {(cell.line, cell.column) for cell in report.bad} == {(3, "naam"), (3, "veld"), (3, "pacht"), (4, "")}


def test_with_skip_bad_the_good_rows_are_taken_over(office: Office) -> None:
    report = bring(office, "1,Ans,noord,2026-12-31\n2,,noord,\n", skip_bad=True)
    assert (report.opened, len(report.bad)) == (1, 1)


def test_a_row_that_the_rules_refuse_carries_its_refusal(office: Office) -> None:
    report = bring(office, "1,Ans,noord,2026-12-31\n", actor=BOARD)
    assert report.opened == 0
    refusal = report.bad[0].refusal
    assert refusal is not None
    assert refusal.blockers[0].kind is BlockerKind.NO_MANDATE


@pytest.mark.parametrize("head", ["lid,naam\n", "lid,naam,veld,pacht,hobby\n"])
def test_a_file_with_other_columns_is_refused_with_the_right_ones(office: Office, tmp_path: Path, head: str) -> None:
    path = tmp_path / "vreemd.csv"
    path.write_text(head)
    with pytest.raises(UsageError) as caught:
        import_register(office.runtime, "tuin", path, KEEPER)
    assert "lid, naam, veld, pacht" in caught.value.text()
