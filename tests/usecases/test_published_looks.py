"""How a letter looks, and how its language is judged, is published with it (docs/decisions/publication.md)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.core.errors import DefinitionError
from engine.letters.letter_rules import find_letter_rules
from engine.line.publishing import changes_of, differing, freeze
from engine.store.publications import publication_of
from engine.usecases.init_workplace import init_workplace
from engine.usecases.send_letters import send_letters
from engine.usecases.show_letter import show_letter
from tests.core.decisions.garden import BOARD, KEEPER
from tests.publishing import publish_folder
from tests.usecases.workplace import Office, ask_gardens

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("in_november")]

LOOK = "templates/letters/tuindorp"
HEAD, STYLE, FONT = f"{LOOK}/letterhead.typ", f"{LOOK}/letterhead.css", f"{LOOK}/fonts/SourceSansPro-Regular.otf"
RULES = f"{LOOK}/language.yaml"


@pytest.fixture
def office(tmp_path: Path, own_world: Path) -> Office:
    """A workplace in earnest with a letter that waits, of content that is published and may be changed."""
    init_workplace(tmp_path / "echt", organisation="tuindorp", content=own_world)
    publish_folder(tmp_path / "echt")
    made = Office(tmp_path / "echt")
    (case_id,) = ask_gardens(made, 1)
    made.act(case_id, "toewijzen", BOARD)
    return made


def again(office: Office) -> Office:
    office.close()
    return Office(office.folder)


def drawn(office: Office) -> tuple[bytes, str]:
    """The letter that waits, as it would leave."""
    case = office.cases()[0]
    shown = show_letter(office.runtime, office.letters(case.id)[0].letter.key)
    return shown.rendered.pdf, shown.rendered.html


def spoil(content: Path) -> None:
    """Everything that makes a look becomes otherwise."""
    content.joinpath(HEAD).write_text('#panic("anders")\n', "utf-8")
    content.joinpath(STYLE).write_text("body { color: red }\n", "utf-8")
    content.joinpath(FONT).write_bytes(b"\0\xff")
    content.joinpath(RULES).write_text("levels: {B1: {longest_sentence: 1, mean_sentence: 1}}\n", "utf-8")


def test_a_changed_look_changes_no_letter_that_leaves(office: Office, own_world: Path) -> None:
    before = drawn(office)
    spoil(own_world)
    later = again(office)
    assert drawn(later) == before
    assert send_letters(later.runtime).done
    assert send_letters(later.runtime).failed == ()


def test_letters_leave_also_when_the_folder_is_empty(office: Office, own_world: Path) -> None:
    before = drawn(office)
    for name in ("rules", "workflows", "templates"):
        shutil.rmtree(own_world / name)
    later = again(office)
    assert drawn(later) == before
    report = send_letters(later.runtime)
    assert (report.failed, report.done > 0) == ((), True)


def test_a_changed_look_is_told_as_every_file_and_counts_once_it_is_published(office: Office, own_world: Path) -> None:
    before = drawn(office)
    spoil(own_world)
    later = again(office)
    told = {HEAD, STYLE, FONT, RULES}
    assert {one.where for one in differing(later.runtime) if one.kind == "not_yet_published"} == told
    later.open("tuin", {"tuinder.nummer": "lid-9", "tuinder.naam": "Bo", "veld": "noord"}, KEEPER)
    (said,) = later.runtime.told
    assert (said.kind, set(said.parameters["files"])) == ("published_otherwise", told)
    shutil.copy2(own_world / FONT.replace("Regular", "Semibold"), own_world / FONT)
    own_world.joinpath(HEAD).write_text(kept(later, HEAD).replace("#set page(", "#set page(fill: red, ", 1), "utf-8")
    freeze(later.runtime, changes_of(later.runtime), KEEPER)
    now = drawn(again(later))
    assert now[0] != before[0]
    assert "color: red" in now[1]


def kept(office: Office, path: str) -> str:
    return office.runtime.catalogue.files.bytes_of(path).decode()


def test_a_file_that_a_letterhead_reads_is_published_too(office: Office, own_world: Path) -> None:
    """Whatever its kind; but not what an editor leaves behind."""
    for name in ("logo.svg", ".logo.svg.swp", "logo.svg~"):
        own_world.joinpath(LOOK, name).write_text("<svg/>", "utf-8")
    assert changes_of(again(office).runtime).new == (f"{LOOK}/logo.svg",)


def test_every_byte_is_kept_and_a_font_once(office: Office, own_world: Path) -> None:
    own_world.joinpath(STYLE).write_bytes(b"a {}\r\n\0")
    later = again(office)
    freeze(later.runtime, changes_of(later.runtime), KEEPER)
    later = again(later)
    files = later.runtime.catalogue.files
    for path in (HEAD, STYLE, FONT):
        assert files.bytes_of(path) == own_world.joinpath(path).read_bytes()
    with later.runtime.reading() as readings:
        found = publication_of(readings)
        rows = readings.rows("SELECT count(*) AS many FROM published_texts WHERE organisation = :organisation")
    assert found is not None
    assert rows[0]["many"] == len(set(found.files.values())) + 1


def test_a_look_that_was_changed_in_the_cache_is_set_out_anew(office: Office, own_world: Path) -> None:
    before = drawn(office)
    for path in (office.runtime.cache / "looks").rglob("letterhead.*"):
        path.write_text("anders", "utf-8")
    assert drawn(again(office)) == before


def test_letters_are_drawn_also_without_a_cache(office: Office, own_world: Path) -> None:
    before = drawn(office)
    cache = office.runtime.cache
    shutil.rmtree(cache)
    cache.write_text("in de weg", "utf-8")
    spoil(own_world)
    assert drawn(again(office)) == before


def test_a_publication_of_before_looks_were_kept_goes_by_the_folder(
    office: Office, own_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr("engine.definitions.files.compiled_copy._is_seen", lambda name: name.endswith((".md", ".yaml")))
        old = again(office)
        old.runtime.watched._read()
        freeze(old.runtime, changes_of(old.runtime), KEEPER)
    own_world.joinpath(STYLE).write_text("body { color: red }\n", "utf-8")
    later = again(old)
    assert "color: red" in drawn(later)[1]
    assert differing(later.runtime) == ()
    assert {HEAD, STYLE, FONT} <= set(changes_of(later.runtime).new)


def test_what_is_typed_is_judged_by_the_language_that_is_published(office: Office, own_world: Path) -> None:
    own_world.joinpath(RULES).write_text("levels: {B1: [\n", "utf-8")
    later = again(office)
    root, organisation = later.runtime.look_root, later.runtime.catalogue.organisation("tuindorp")
    assert root.joinpath(RULES).read_text("utf-8") == kept(later, RULES)
    assert find_letter_rules(root, organisation).levels
    with pytest.raises(DefinitionError):
        find_letter_rules(own_world, organisation)
