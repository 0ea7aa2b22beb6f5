"""A citation says which source it means, and which places in it; a place is known or it is not."""

from __future__ import annotations

import pytest

from engine.definitions.reading.citations import read_citation
from engine.definitions.source_book import Source, SourceBook, SourcePlace


def _places(*names: str) -> tuple[SourcePlace, ...]:
    return tuple(SourcePlace(name=name, about="-") for name in names)


BOOK = SourceBook(
    laws={
        "Awb": Source(name="Awb", title="-", places=_places("4:15", "4:15 lid 1 onder a", "4:7")),
        "WEC": Source(name="WEC", title="-"),
    },
    documents={
        "Plan": Source(name="Plan", title="-"),
        "Plan 2026": Source(name="Plan 2026", title="-", places=_places("blz. 3", "blz. 4", "een, twee en drie")),
        "Stb. 2012, 533": Source(name="Stb. 2012, 533", title="-"),
    },
)


@pytest.mark.parametrize(
    ("text", "source", "places"),
    [
        ("Awb", "Awb", ()),
        ("Awb 4:7", "Awb", ("4:7",)),
        ("WEC 40 lid 15 en 16", "WEC", ("40 lid 15", "40 lid 16")),
        ("WEC 40 lid 10, 12, 14 en 16", "WEC", ("40 lid 10", "40 lid 12", "40 lid 14", "40 lid 16")),
        ("WEC 40 lid 11 onder c en 13 onder c", "WEC", ("40 lid 11 onder c", "40 lid 13 onder c")),
        ("Awb 4:15 lid 2 onder b en c", "Awb", ("4:15 lid 2 onder b", "4:15 lid 2 onder c")),
        ("WEC 8.8, 8.9 en 8.13", "WEC", ("8.8", "8.9", "8.13")),
        ("WEC 40 lid 4 en 43 lid 2", "WEC", ("40 lid 4", "43 lid 2")),
        ("Awb en verder", "Awb", ("en verder",)),
        ("Plan 2026, blz. 3 en blz. 4", "Plan 2026", ("blz. 3", "blz. 4")),
        ("Plan 2026: een, twee en drie", "Plan 2026", ("een, twee en drie",)),
        ("Plan 2026, blz. 3; de termijn is aangenomen", "Plan 2026", ("blz. 3",)),
        ("Plan (verlopen)", "Plan", ()),
        ("Stb. 2012, 533", "Stb. 2012, 533", ()),
    ],
)
def test_a_citation_is_read(text: str, source: str, places: tuple[str, ...]) -> None:
    found = read_citation(text, BOOK)
    assert found is not None
    assert (found.source.name, found.places) == (source, places)


@pytest.mark.parametrize("text", ["Awbx 4:7", "Planning", ""])
def test_another_name_is_no_source(text: str) -> None:
    assert read_citation(text, BOOK) is None


def test_a_place_is_known_when_it_is_listed_or_lies_within_one_without_parts() -> None:
    awb, wec = BOOK.laws["Awb"], BOOK.laws["WEC"]
    assert awb.knows("4:7")
    assert awb.knows("4:7 lid 3")  # nobody wrote out the parts of 4:7
    assert awb.knows("4:15")
    assert not awb.knows("4:15 lid 2")  # of 4:15 somebody did
    assert not awb.knows("4:77")
    assert wec.knows("40 lid 15")


def test_what_two_layers_say_of_one_source_stands_together() -> None:
    own = SourceBook(laws={"Awb": Source(name="Awb", title="-", places=_places("6:7"))})
    joined = own.over(BOOK).laws["Awb"]
    assert joined.knows("6:7")
    assert joined.knows("4:7")
