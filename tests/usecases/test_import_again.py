"""The same register a month later: every row is known, changed or new, and no case is there twice (F-63)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.core.deciding.amending import Amendment, RecordAmendment
from engine.core.deciding.case import Actor
from engine.line.case_line import open_line
from engine.usecases.correct_dossier import correct_dossier
from engine.usecases.dossier import content_about, load_dossier
from engine.usecases.import_register import ImportReport, import_register
from tests.usecases.workplace import REAL, Office, make_office

pytestmark = pytest.mark.long

GUIDE = Actor(role="toeleiding", name="Thea Leiding")
HEAD = "leerlingnummer,naam,sector,ouders_naam,ouders_adres,brin,soort,tlv_nummer,begindatum,einddatum,categorie,emb\n"


def row(number: str = "900000201", tlv: str = "OUD-0001", address: str = "Laan 1", brin: str = "23HU00") -> str:
    rest = "2025-08-01,2027-07-31,categorie_1,nee"
    return f'{number},Noor Voorbeeld,vo,Fam. Voorbeeld,"{address}",{brin},vso,{tlv},{rest}\n'


@pytest.fixture
def almere(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "kantoor", "2026-09-07 09:00", REAL, organisation="almere")
    yield made
    made.close()


def bring(almere: Office, text: str, **how: bool) -> ImportReport:
    path = almere.folder / "register.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    return import_register(almere.runtime, "tlv", path, GUIDE, **how)


def address_of(almere: Office, number: str = "900000201") -> object:
    with almere.runtime.reading() as readings:
        found = readings.load_subject("almere", "leerling", number)
    assert found is not None
    return found.records[0].fields["adres"].value


def test_a_row_that_moved_is_told_as_changed_and_opens_nothing(almere: Office) -> None:
    assert bring(almere, row()).opened == 1
    again = bring(almere, row(address="Plein 2"))
    assert (again.opened, again.known, again.updated) == (0, 0, 0)
    (changed,) = again.changed
    assert (changed.line, changed.facts, changed.old) == (2, {"ouders.adres": "Plein 2"}, {"ouders.adres": "Laan 1"})
    assert len(almere.cases()) == 1
    assert address_of(almere) == "Laan 1"


def test_with_update_it_is_taken_over_and_then_known(almere: Office) -> None:
    bring(almere, row())
    updated = bring(almere, row(address="Plein 2"), update=True)
    assert (updated.updated, len(almere.cases())) == (1, 1)
    assert address_of(almere) == "Plein 2"
    again = bring(almere, row(address="Plein 2"))
    assert (again.known, again.changed) == (1, ())
    assert almere.is_sound()


@pytest.mark.parametrize("update", [False, True], ids=["first", "changed"])
def test_a_dry_run_says_the_same_and_does_nothing(almere: Office, update: bool) -> None:
    if update:
        bring(almere, row())
    before = [case.version for case in almere.cases()]
    report = bring(almere, row(address="Plein 2"), dry_run=True, update=update)
    assert (report.opened, len(report.changed), report.updated) == ((0, 1, 0) if update else (1, 0, 0))
    assert [case.version for case in almere.cases()] == before


def test_a_second_tlv_of_the_same_pupil_is_new(almere: Office) -> None:
    bring(almere, row())
    assert bring(almere, row() + row(tlv="OUD-0002")).opened == 1
    assert {case.subject for case in almere.cases()} == {"900000201"}


def test_a_number_of_a_tlv_belongs_to_one_pupil(almere: Office) -> None:
    bring(almere, row())
    report = bring(almere, row(number="900000301"))
    assert [(one.line, one.column) for one in report.bad] == [(2, "tlv_nummer")]
    assert "900000201" in report.bad[0].text
    in_one_file = bring(almere, row(number="900000401", tlv="OUD-9") + row(number="900000501", tlv="OUD-9"))
    assert [(one.line, one.column) for one in in_one_file.bad] == [(3, "tlv_nummer")]


def test_the_same_row_twice_in_one_file_is_named_though_the_address_differs(almere: Office) -> None:
    report = bring(almere, row() + row(address="Plein 2"))
    assert [one.line for one in report.bad] == [3]
    assert report.bad[0].text == "heeft hetzelfde als regel 2 in leerlingnummer en tlv_nummer"


def test_a_value_that_the_rules_refuse_is_named_with_its_column_in_the_same_round(almere: Office) -> None:
    bad = row(brin="12345").replace("2025-08-01", "gisteren")
    report = bring(almere, bad + row(number="900000301", tlv="OUD-2", brin="00XX99"))
    assert {(one.line, one.column) for one in report.bad} == {(2, "begindatum"), (2, "brin"), (3, "brin")}


@pytest.mark.slow
def test_the_register_of_the_demo_a_month_later_makes_no_case_more(almere: Office, tmp_path: Path) -> None:
    text = (REAL / "examples" / "almere" / "register.csv").read_text(encoding="utf-8")
    path = tmp_path / "register.csv"
    path.write_text(text, encoding="utf-8")
    first = import_register(almere.runtime, "tlv", path, GUIDE, skip_bad=True)
    again = import_register(almere.runtime, "tlv", path, GUIDE, skip_bad=True)
    assert (again.opened, again.changed) == (0, ())
    head, *lines = text.splitlines(keepends=True)
    column = head.strip().split(",").index("contact")
    moved = [_moved(line, column) if number % 20 == 0 else line for number, line in enumerate(lines)]
    path.write_text("".join([head, *moved]), encoding="utf-8")
    third = import_register(almere.runtime, "tlv", path, GUIDE, skip_bad=True, update=True)
    assert third.opened == 0
    assert len(third.changed) == third.updated > 10
    assert len(almere.cases()) == first.opened


def _moved(line: str, column: int) -> str:
    import csv
    import io

    (cells,) = csv.reader([line])
    cells[column] = "Nieuwe Weg 1 te Almere"
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def declarations(office: Office) -> dict[str, list[tuple[str, object]]]:
    """Life and end of the declarations in each dossier."""
    with office.runtime.reading() as readings:
        return {
            one.number: [
                (record.life, record.fields["einde"].value if "einde" in record.fields else None)
                for record in one.records
                if record.kind == "verklaring"
            ]
            for one in readings.each_subject("almere", "leerling")
        }


def test_what_a_register_says_anew_of_a_declaration_stands_in_the_dossier(almere: Office) -> None:
    bring(almere, row())
    assert declarations(almere) == {"900000201": [("geldig", date(2027, 7, 31))]}
    later = row().replace("2027-07-31", "2028-07-31")
    assert bring(almere, later).changed
    assert declarations(almere) == {"900000201": [("geldig", date(2027, 7, 31))]}
    assert bring(almere, later, update=True).updated == 1
    assert declarations(almere) == {"900000201": [("geldig", date(2028, 7, 31))]}
    assert almere.is_sound()


def test_a_row_with_a_number_of_another_pupil_in_the_register_is_named_in_its_column(almere: Office) -> None:
    bring(almere, row())
    with open_line(almere.runtime) as line:
        content, kind = content_about(almere.runtime)
        subject = load_dossier(line.work, "almere", kind, "900000201")
        renamed = RecordAmendment(kind="verklaring", number=1, fields={"nummer": "OUD-0002"})
        correct_dossier(line, content, subject, Amendment(records=(renamed,), reason="tikfout"), GUIDE)
    report = bring(almere, row(number="900000399", tlv="OUD-0002").replace("Noor Voorbeeld", "Sam Ander"))
    assert report.opened == 0
    (bad,) = report.bad
    assert (bad.line, bad.column) == (2, "tlv_nummer")
    assert bad.refusal is not None
    assert [one.said.code for one in bad.refusal.blockers if one.said] == ["number_is_taken"]


def changed_row(number: int, cells: dict[str, str]) -> dict[str, str]:
    """One row in twenty says something else: the family moved, or the declaration runs a year longer."""
    if number % 40 == 0:
        return cells | {"ouders_adres": "Nieuwelaan 9, 1300 ZZ Almere"}
    if number % 40 == 20 and cells["einddatum"]:
        return cells | {"einddatum": f"{int(cells['einddatum'][:4]) + 1}{cells['einddatum'][4:]}"}
    return cells


@pytest.mark.slow
def test_the_register_of_the_demo_twice_and_once_changed_gives_a_case_for_each_pupil_with_a_declaration(
    almere: Office,
) -> None:
    source = REAL / "examples" / "almere" / "register.csv"
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pupils = {one["leerlingnummer"] for one in rows}
    assert import_register(almere.runtime, "tlv", source, GUIDE).opened == len(rows) == len(pupils)
    again = import_register(almere.runtime, "tlv", source, GUIDE)
    assert (again.opened, again.known, again.changed, again.bad) == (0, len(rows), (), ())
    path = almere.folder / "gewijzigd.csv"
    said = [changed_row(number, one) for number, one in enumerate(rows)]
    differing = sum(one != before for one, before in zip(said, rows, strict=True))
    assert 0.03 < differing / len(rows) < 0.06
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(said)
    third = import_register(almere.runtime, "tlv", path, GUIDE, update=True)
    assert (third.opened, third.updated, third.known) == (0, differing, len(rows) - differing)
    requests = [case for case in almere.cases() if case.workflow == "tlv"]
    assert {case.subject for case in requests} == pupils
    assert len(requests) == len(pupils)
    ends = {one["leerlingnummer"]: one["einddatum"] for one in said}
    assert declarations(almere) == {
        number: [("geldig", date.fromisoformat(end) if end else None)] for number, end in ends.items()
    }
