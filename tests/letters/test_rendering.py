"""One letter to HTML and PDF: complete, accessible, and the same each time."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from engine.core.content.template import LetterTemplate
from engine.core.deciding.outgoing import OutgoingLetter
from engine.core.errors import LetterError
from engine.core.language.facts import Value
from engine.letters.page import write_page
from engine.letters.rendering import RenderedLetter, compose, render
from tests.letters.samples import (
    CASE_ID,
    CHILD,
    CHILD_LETTER,
    CONTENT_ROOT,
    DECISION,
    DECISION_LETTER,
    LATE_VALUES,
    SENT_ON,
    letter,
    organisation,
    read_names,
    template,
)

EXPECTED = Path(__file__).parent / "expected"


def made(
    order: OutgoingLetter = DECISION_LETTER,
    text: LetterTemplate = DECISION,
    *,
    root: Path = CONTENT_ROOT,
    **more: object,
) -> RenderedLetter:
    late: dict[str, Value] = dict(LATE_VALUES) if text is DECISION else {}
    arguments = {"sent_on": SENT_ON, "case_id": CASE_ID, "late_values": late, "content_root": root, **more}
    return render(order, text, organisation(), **arguments)  # type: ignore[arg-type]


def text_of_pdf(pdf: bytes) -> str:
    return "\n\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages) + "\n"


@pytest.mark.parametrize(
    ("name", "order", "text"), [("decision", DECISION_LETTER, DECISION), ("child", CHILD_LETTER, CHILD)]
)
def test_the_whole_letter_is_as_expected(name: str, order: OutgoingLetter, text: LetterTemplate) -> None:
    late = LATE_VALUES if text is DECISION else {}
    sheet = compose(order, text, organisation(), sent_on=SENT_ON, case_id=CASE_ID, late_values=late)
    assert write_page(sheet, "") == (EXPECTED / f"{name}.html").read_text(encoding="utf-8")
    assert text_of_pdf(made(order, text).pdf) == (EXPECTED / f"{name}.txt").read_text(encoding="utf-8")


def test_the_greeting_is_the_organisations_own() -> None:
    warm = replace(organisation(), letter_labels={**organisation().letter_labels, "greeting": "Hartelijke groet,"})
    letter_of_its_own = render(
        letter(), template("Dit is de tekst."), warm, sent_on=SENT_ON, case_id=CASE_ID, content_root=CONTENT_ROOT
    )
    assert "<p>Hartelijke groet,</p>" in letter_of_its_own.html
    assert "Hartelijke groet," in text_of_pdf(letter_of_its_own.pdf)


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert made() == made()


def test_another_date_or_value_gives_another_hash_and_a_draft_another_still() -> None:
    letters = [
        made(),
        made(sent_on=date(2026, 11, 24)),
        made(late_values={"laatste_dag": date(2027, 1, 5)}),
        made(is_draft=True),
    ]
    assert len({one.text_hash for one in letters}) == 4
    assert "CONCEPT" in letters[3].html
    assert "CONCEPT" in text_of_pdf(letters[3].pdf)
    assert "CONCEPT" not in letters[0].html


def test_the_pdf_claims_to_be_accessible_and_fit_for_an_archive() -> None:
    reader = PdfReader(BytesIO(made().pdf))
    claims = reader.metadata, reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims[1]
    assert "<pdfaid:part>2</pdfaid:part>" in claims[1]
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in claims[1]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "nl-NL"
    assert claims[0] is not None
    assert claims[0].title == "Besluit over extra hulp (TLV-2026-0042)"


def test_the_pdf_carries_its_own_fonts() -> None:
    reader = PdfReader(BytesIO(made().pdf))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    described = [inner.get_object()["/FontDescriptor"] for font in fonts for inner in font["/DescendantFonts"]]
    assert described
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in described)
    assert {font["/BaseFont"].partition("+")[2].partition("-")[0] for font in fonts} == {"SourceSansPro"}


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    page = made().html
    assert "src=" not in page
    assert "url(" not in page
    assert "@import" not in page
    assert '<html lang="nl">' in page


def test_the_authority_is_named_when_signed_under_mandate() -> None:
    page = made().html
    assert "<p>namens directeur-bestuurder,</p>" in page
    assert "Teamleider toelating<br>" in page
    assert "namens" not in made(CHILD_LETTER, CHILD).html


def test_a_text_that_signs_itself_gets_no_second_signature() -> None:
    text = template("Groet van {{ ondertekenaar }}{% if namens %}, namens {{ namens }}{% endif %}.")
    rendered = made(letter(on_behalf_of="teamleider"), text)
    assert rendered.html.count("Directeur-bestuurder") == 1
    assert "Groet van Directeur-bestuurder, namens teamleider toelating." in rendered.html
    assert "Met vriendelijke groet" not in rendered.html + text_of_pdf(rendered.pdf)


def test_a_signatory_that_is_no_body_is_refused() -> None:
    with pytest.raises(LetterError, match="ondertekend door 'burgemeester'"):
        made(letter(signature="burgemeester"), template("Tekst."))


def test_a_late_field_that_was_not_given_is_refused() -> None:
    with pytest.raises(LetterError, match="'laatste_dag' heeft geen waarde") as refused:
        made(late_values={})
    assert "tekstblok 'bezwaar'" in refused.value.where


@pytest.mark.parametrize(
    "change",
    [{"digest": "other"}, {"valid_from": date(2026, 8, 2)}, {"id": "V-02"}],
)
def test_a_letter_is_made_only_from_the_text_it_was_frozen_with(change: dict[str, object]) -> None:
    with pytest.raises(LetterError, match="niet meer de tekst"):
        made(text=replace(DECISION, **change))  # type: ignore[arg-type]


def test_a_letter_without_a_name_is_refused() -> None:
    with pytest.raises(LetterError, match="geen naam om aan te schrijven"):
        made(replace(DECISION_LETTER, addressee_name=" "))


@pytest.mark.parametrize("name", read_names())
def test_names_from_many_languages_can_be_printed(name: str) -> None:
    pdf = made(letter(fields={"naam": name}), template("Voor {{ naam }}.", "naam")).pdf
    assert pdf.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("name", "sign", "code"),
    [
        ("Li 李小龙", "李", "U+674E"),
        ("Sam 😀", "😀", "U+1F600"),
        ("Sam\x07", "", "U+0007"),
        ("Sam\u202emaS", "", "U+202E"),
        ("Sam \ue123", "", "U+E123"),
    ],
)
def test_a_character_that_cannot_be_printed_is_named(name: str, sign: str, code: str) -> None:
    text = template("Voor {{ naam }}.", "naam")
    with pytest.raises(LetterError, match="kan niet in een brief worden afgedrukt") as refused:
        made(letter(fields={"naam": name}), text)
    assert sign in refused.value.what
    assert code in refused.value.what
    assert "naam" in text.body
    assert repr(f"Voor {name}.") in refused.value.why
    assert made(letter(fields={"naam": "Sam"}), text).pdf, "the next letter of the run is made as usual"


def test_an_address_must_fit_the_window() -> None:
    lines = "a\nb\nc\nd\ne\nf"
    with pytest.raises(LetterError, match="6 regels en past niet"):
        made(replace(DECISION_LETTER, addressee_address=lines))
    assert "a<br>b</address>" in made(replace(DECISION_LETTER, addressee_address="a, b")).html


def test_html_of_an_author_is_text_too() -> None:
    page = made(letter(), template("<b>vet</b>\n\n<script>x()</script>\n\n&euro; 5")).html
    assert "&lt;b&gt;vet&lt;/b&gt;" in page
    assert "<script" not in page
    assert "€ 5" in page


def test_headings_never_skip_a_level() -> None:
    text = template("#### Diep\n\n# Hoog\n\n#### Diep\n\n##### Dieper\n")
    page = made(letter(), text).html
    assert [line[:4] for line in page.split("\n") if line.startswith("<h") and "</h" in line] == [
        "<h1>",
        "<h2>",
        "<h2>",
        "<h3>",
        "<h4>",
    ]


def test_an_own_letterhead_goes_before_the_inherited_one(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "letters" / "voorbeeld"
    shutil.copytree(CONTENT_ROOT / "templates" / "letters" / "landelijk", own.parent / "landelijk")
    own.mkdir()
    before = made(root=tmp_path)
    assert before == made()
    (own / "letterhead.typ").write_text(
        '#import "/landelijk/blocks.typ": rendered\n#let letter = json(bytes(sys.inputs.letter))\n'
        '#set text(lang: "nl", font: "Source Sans Pro")\n'
        "#set document(title: letter.title, date: datetime(year: 2026, month: 1, day: 1))\n"
        "= Eigen huis\n#letter.blocks.map(rendered).join()",
        encoding="utf-8",
    )
    (own / "letterhead.css").write_text("body { color: navy }", encoding="utf-8")
    after = made(root=tmp_path)
    assert "Eigen huis" in text_of_pdf(after.pdf)
    assert "color: navy" in after.html
    assert after.text_hash == before.text_hash


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("= Kop #onbekend", "unknown variable"),
        ('#import "@preview/x:1.0.0"', "een pakket van elders"),
        ('#read("../../../../pyproject.toml")', "kan niet worden opgemaakt"),
        ('#set text(lang: "nl")\n= Kop', "kan niet worden opgemaakt"),
    ],
)
def test_a_wrong_letterhead_is_refused_with_its_file(tmp_path: Path, source: str, words: str) -> None:
    own = tmp_path / "templates" / "letters" / "landelijk"
    shutil.copytree(CONTENT_ROOT / "templates" / "letters" / "landelijk", own)
    (own / "letterhead.typ").write_text(source, encoding="utf-8")
    with pytest.raises(LetterError) as refused:
        made(root=tmp_path)
    assert words in refused.value.text()
    assert "letterhead.typ" in refused.value.where


def test_a_letterhead_without_a_date_gets_the_date_of_the_letter(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "letters" / "landelijk"
    shutil.copytree(CONTENT_ROOT / "templates" / "letters" / "landelijk", own)
    text = (own / "letterhead.typ").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if not line.startswith("  date: datetime(")]
    assert len(lines) == len(text.split("\n")) - 1
    (own / "letterhead.typ").write_text("\n".join(lines), encoding="utf-8")
    metadata = PdfReader(BytesIO(made(root=tmp_path).pdf)).metadata
    assert metadata is not None
    assert str(metadata["/CreationDate"]).startswith("D:20261123")


def test_a_missing_letterhead_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LetterError, match=r"letterhead\.typ ontbreekt"):
        made(root=tmp_path)
