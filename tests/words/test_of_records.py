"""Records as a person reads them: the table of a case, its history, the messages, and what an act misses."""

from __future__ import annotations

from datetime import date

from engine.cli.pages.case_pages import case_plain
from engine.cli.pages.history_page import history_page
from engine.cli.pages.record_table import record_lines
from engine.cli.pages.wording import ContentWords
from engine.core.deciding.step import EntryKind, Refusal
from engine.core.language.facts import Value
from engine.views.case_view import Purpose, Reader, view_case
from engine.views.lists import HistoryView
from engine.words.of_journal import say_notice
from tests.core.decisions.garden import KEEPER, Garden, at, garden
from tests.words.test_of_journal import journal_line

ROUND: dict[str, Value] = {"ronde.dag": date(2026, 3, 3), "ronde.oordeel": "matig", "ronde.rug": "Spit"}
JOB: dict[str, Value] = {"klus.wat": "Pad harken", "klus.wie": "Ootje Moes", "klus.voor": date(2026, 3, 20)}


def watched() -> Garden:
    plot = garden("2026-03-02", workflow="toezicht", entry="begin", case_id="TOE-1")
    for _ in range(2):
        plot.act("ronde_afsluiten", KEEPER, at("2026-03-03"), {**ROUND, **JOB})
    return plot


def test_the_page_of_a_case_shows_a_table_for_each_kind() -> None:
    plot = watched()
    view = view_case(Reader(), plot.asked(plot.case, KEEPER, at("2026-03-10")), children=(), letters=())
    assert record_lines(ContentWords(plot.content), view) == [
        "",
        "Ronde",
        "  nr  Dag van de ronde      Oordeel  Klachten",
        "  1   dinsdag 3 maart 2026  Matig    (bijzonder; zie --json)",
        "  2   dinsdag 3 maart 2026  Matig    (bijzonder; zie --json)",
        "",
        "Klus",
        "  nr  stand        Wat         Wie         Klaar voor",
        "  1   Nog te doen  Pad harken  Ootje Moes  vrijdag 20 maart 2026",
        "  2   Nog te doen  Pad harken  Ootje Moes  vrijdag 20 maart 2026",
    ]


def test_a_program_reads_of_a_record_no_more_than_its_purpose_asks() -> None:
    plot = watched()
    question = plot.asked(plot.case, KEEPER, at("2026-03-10"))
    for purpose, shown in ((Purpose.HANDLING, False), (Purpose.HANDING_OVER, True)):
        plain = case_plain(view_case(Reader(purpose=purpose), question, children=(), letters=()))
        records = plain["records"]
        assert isinstance(records, tuple)
        assert ("rug" in records[0].fields) is shown


def test_the_history_names_the_record_and_what_was_said_of_it() -> None:
    plot = watched()
    entry = next(e for step in plot.steps for e in step.entries if e.kind is EntryKind.RECORD and e.details["life"])
    (line,) = history_page(HistoryView(content=plot.content, entries=(journal_line(entry.kind, dict(entry.details)),)))
    assert line.endswith("Klus 1: Nog te doen, Wat, Wie, Klaar voor")


def test_a_message_about_a_record_says_which_and_what() -> None:
    plot = watched()
    plot.pass_time(at("2026-04-01"))
    notice = next(one for step in plot.steps for one in step.notices if one.kind == "term_passed")
    said = say_notice(notice.kind, notice.parameters, term=notice.term, content=plot.content)
    assert said == ("termijn verstreken: Klus klaar (Klus 1: Pad harken, Ootje Moes, vrijdag 20 maart 2026)")


def test_what_an_act_misses_of_records_is_said_with_the_next_step() -> None:
    plot = watched()
    words = ContentWords(plot.content)

    def said(transition: str, facts: dict[str, Value] | None = None) -> str:
        outcome = plot.act(transition, KEEPER, at("2026-03-10"), facts)
        assert isinstance(outcome, Refusal)
        return " ".join(words.refusal(outcome))

    which = said("klus_gedaan", {"klus.gezien": date(2026, 3, 9)})
    assert "Welk record is bedoeld (Klus)? Kies --set klus.number=1 of --set klus.number=2." in which
    assert "7 is er niet bij." in said("klus_gedaan", {"klus.gezien": date(2026, 3, 9), "klus.number": 7})
    elsewhere = said("alles_vervalt", {"ronde.dag": date(2026, 3, 3)})
    assert "hoort bij: Ronde; hier wordt dat niet geschreven." in elsewhere
    assert "Geef het mee bij Ronde afsluiten (ronde_afsluiten)" in elsewhere
    assert "Er is geen open keurmerk" in said("keurmerk_intrekken")
    assert "Er is niets gezegd. Alleen wat er is vraagt ten minste een van: Bezoek of Klus." in said("los")
