from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from engine.core.deciding.opening import Opening, open_case
from engine.core.deciding.question import Question
from engine.core.deciding.step import BlockerKind, Refusal, Step
from engine.core.errors import UsageError
from engine.exchange.tables import FileTable, IsHead, read_table
from engine.line.case_line import Line, open_line
from engine.runtime import Runtime
from engine.usecases.import_register import BATCH, ImportReport, import_register
from engine.words.of_errors import say_whole
from tests.core.decisions.garden import BOARD, KEEPER
from tests.usecases.workplace import Office, ask_gardens

pytestmark = pytest.mark.long

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


def test_a_day_that_no_row_can_have_is_named_with_its_column_and_takes_nothing_over(office: Office) -> None:
    """The end date of 9999-12-31 once lost the whole import, with a traceback (F-10)."""
    report = bring(office, "1,Ans,noord,9999-12-31\n2,Bea,noord,2026-12-31\n3,Cor,noord,0001-01-01\n")
    assert (report.opened, office.cases()) == (0, [])
    assert [(cell.line, cell.column) for cell in report.bad] == [(2, "pacht"), (4, "pacht")]


def test_a_cell_with_nothing_but_blanks_is_empty(office: Office) -> None:
    report = bring(office, "1,\u00a0\u200b,noord,2026-12-31\n")
    assert [(cell.line, cell.column) for cell in report.bad] == [(2, "naam")]


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
    assert "lid, naam, veld, pacht" in say_whole(caught.value)


def test_every_row_is_decided_once_under_the_number_its_case_gets(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided: list[str] = []

    def counted(question: Question, opening: Opening) -> Step | Refusal:
        decided.append(question.case.id)
        return open_case(question, opening)

    monkeypatch.setattr("engine.usecases.import_register.open_case", counted)
    rows = [f"{number},Naam {number},noord,2026-12-31\n" for number in range(BATCH + 3)]
    bring(office, "".join([*rows[:5], "7,,noord,\n", rows[2], *rows[5:]]), skip_bad=True)
    assert decided == [case.id for case in office.cases()]
    assert [int(case.id.rpartition("-")[2]) for case in office.cases()] == list(range(1, BATCH + 4)), "a gap"


def test_when_another_takes_a_number_meanwhile_the_rows_after_it_get_the_next_ones(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_while_another_opens(path: Path, is_head: IsHead) -> FileTable:
        table = read_table(path, is_head)
        monkeypatch.setattr("engine.usecases.import_register.open_line", open_after_another)
        return table

    def open_after_another(runtime: Runtime) -> AbstractContextManager[Line]:
        monkeypatch.setattr("engine.usecases.import_register.open_line", open_line)
        (other,) = ask_gardens(office, 1)
        others.append(other)
        return open_line(runtime)

    others: list[str] = []
    monkeypatch.setattr("engine.usecases.import_register.read_table", read_while_another_opens)
    report = bring(office, "11,Ans,noord,2026-12-31\n12,Bo,noord,\n")
    assert report.opened == 2
    assert others
    assert len({case.id for case in office.cases()}) == 3
    assert {case.subject for case in office.cases() if case.id not in others} == {"11", "12"}
    assert office.is_sound()


def test_headers_may_have_capitals_blanks_and_underscores(office: Office) -> None:
    path = office.folder / "kasboek.csv"
    path.write_text("LID; Naam ;_veld_;PACHT;hobby\n1;Ans;noord;2026-12-31;lezen\n", encoding="utf-8")
    report = import_register(office.runtime, "tuin", path, KEEPER, ignored=["Hobby"])
    assert (report.opened, report.encoding) == (1, "UTF-8")


def test_every_fault_of_a_register_is_named_with_its_column_in_one_round(office: Office) -> None:
    """F-63: what the rules refuse in a row was told without its column, and only after its cells were mended."""
    path = office.folder / "klein.csv"
    path.write_text("lid,naam,ligging,m2\n1,Ans,N,900\n2,,noord,900\n3,Bo,noord,veel\n4,Cas,N,90\n", encoding="utf-8")
    report = import_register(office.runtime, "tuin", path, KEEPER, entry_id="klein", skip_bad=True)
    assert {(cell.line, cell.column) for cell in report.bad} == {(2, "m2"), (3, "naam"), (3, "m2"), (4, "m2")}
    assert [cell.line for cell in report.bad if cell.refusal] == [2, 3]
    assert [case.facts["veld"].value for case in office.cases()] == ["noord"]


def test_a_title_above_the_columns_is_named_and_not_taken_for_them(office: Office) -> None:
    path = office.folder / "kasboek.csv"
    path.write_text("Kasboek 2026,,,\n\n" + HEAD + "1,Ans,noord,2026-12-31\n", encoding="utf-8")
    with pytest.raises(UsageError, match="table_has_title") as caught:
        import_register(office.runtime, "tuin", path, KEEPER)
    assert "Regel 3" in say_whole(caught.value)


@pytest.mark.parametrize("head", ["lid,naam,veld,pacht,Naam\n", "lid,naam,veld,pacht,naam_\n"])
def test_a_column_that_is_there_twice_is_refused(office: Office, head: str) -> None:
    path = office.folder / "kasboek.csv"
    path.write_text(head, encoding="utf-8")
    with pytest.raises(UsageError, match="column_twice"):
        import_register(office.runtime, "tuin", path, KEEPER)
