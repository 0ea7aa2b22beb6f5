"""A letter with invented fields: what its readers would get, before any case exists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli.main import main
from engine.core.errors import UsageError
from engine.definitions.catalogue import Catalogue
from engine.letters.words_only import words_of
from engine.usecases.preview_letter import preview_letter
from tests.real_content import REAL
from tests.usecases.workplace import change

ON = date(2026, 11, 23)
TEXT = "templates/letters/werkwijze/L-57K/2026-08-01.md"

pytestmark = pytest.mark.long


def test_each_kind_of_reader_gets_its_own_words() -> None:
    made = preview_letter(REAL, "L-57", organisation="almere", on=ON)
    assert made.keys() == {"ouders", "meerderjarige", "school"}
    texts = {reader: words_of(one.html) for reader, one in made.items()}
    assert len(set(texts.values())) == 3
    assert all("[leerling]" in text or reader == "meerderjarige" for reader, text in texts.items())
    assert all("23 november 2026" in text for text in texts.values())
    assert "Geachte directie" in texts["school"]
    assert all(one.pdf.startswith(b"%PDF-") for one in made.values())


def test_what_the_content_gives_by_itself_is_shown_as_it_is() -> None:
    (made,) = preview_letter(REAL, "L-57", organisation="almere", on=ON, reader="ouders").values()
    text = words_of(made.html)
    assert str(Catalogue(REAL).organisation("almere").parameters["swv_telefoon"]) in text
    assert "Concept" in made.html or "CONCEPT" in made.html


def test_a_child_reads_it_as_a_child() -> None:
    made = preview_letter(REAL, "L-57K", organisation="almere", on=ON)
    assert made.keys() == {"kind", "kind_van_18"}
    assert "Hoi Sam" in words_of(made["kind"].html)


@pytest.mark.slow
@pytest.mark.parametrize("organisation", ["almere", "haarlemmermeer"])
def test_every_letter_of_the_content_can_be_shown_to_somebody(organisation: str) -> None:
    names = [one.id for one in Catalogue(REAL).letters(organisation, ON)]
    assert len(names) > 50
    shown = {name: preview_letter(REAL, name, organisation=organisation, on=ON) for name in names}
    assert [name for name, made in shown.items() if not made] == []


def test_a_letter_or_reader_that_is_not_there_is_named_with_what_is() -> None:
    with pytest.raises(UsageError) as unknown:
        preview_letter(REAL, "L-57X", organisation="almere", on=ON)
    assert "L-57" in unknown.value.text()
    with pytest.raises(UsageError) as nobody:
        preview_letter(REAL, "L-57K", organisation="almere", on=ON, reader="opa")
    assert "kind" in nobody.value.text()


def test_the_command_writes_a_page_and_a_pdf_for_each_reader(tmp_path: Path) -> None:
    told = ["rules", "preview", "L-57", "--organisation", "almere", "--content", str(REAL), "--on", "2026-11-23"]
    answer = CliRunner().invoke(main, [*told, "--for", "ouders", "--to", str(tmp_path)])
    assert answer.exit_code == 0, answer.output
    assert {path.name for path in tmp_path.iterdir()} == {"L-57-ouders.html", "L-57-ouders.pdf"}


def test_a_changed_text_is_seen_at_once(tmp_path: Path) -> None:
    import shutil

    for top in ("rules", "workflows", "templates"):
        shutil.copytree(REAL / top, tmp_path / top)
    change(tmp_path, TEXT, "Klopt er iets niet?", "Klopt er echt iets niet?")
    made = preview_letter(tmp_path, "L-57K", organisation="almere", on=ON, reader="kind")
    assert "Klopt er echt iets niet?" in words_of(made["kind"].html)
