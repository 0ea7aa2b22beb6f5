"""What the journal and the inbox hold by code becomes words when it is read; what an older program wrote stays."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cli.pages.history_page import history_page
from engine.core.deciding.case import ENGINE
from engine.core.deciding.step import BlockerKind, EntryKind
from engine.core.legal_clock.explain import project_free, told_of
from engine.core.legal_clock.period import parse_period
from engine.core.legal_clock.termspec import TermSpec
from engine.store.records import JournalEntry
from engine.views.lists import HistoryView
from engine.words.of_journal import NOTICES, say_cause, say_notice
from engine.words.of_terms import explain_lines, say_told
from tests.core.decisions.garden import BOARD, FITS, KEEPER, at, content_on, garden

CONTENT = content_on(at("2026-03-02").date())
OF_THE_FIRST_EDITION = [
    (
        EntryKind.NOTICE,
        {"to": "bestuur", "about": "term_passed", "text": "Beslistermijn", "term": "beslissen"},
        "bericht aan Bestuur: termijn verstreken: Beslistermijn",
    ),
    (
        EntryKind.NOTICE,
        {"to": "bestuur", "about": "fact_not_told", "text": "Zaak X-1 meldt 'a', maar dat past hier niet.", "term": ""},
        "bericht aan Bestuur: Zaak X-1 meldt 'a', maar dat past hier niet.",
    ),
    (
        EntryKind.CLOCK,
        {
            "clock": "beslissen",
            "entry": {"kind": "corrected", "cancels": 0, "reason": "de datum waaraan de termijn hangt is gewijzigd"},
        },
        "regel 1 vervalt; reden: de datum waaraan de termijn hangt is gewijzigd",
    ),
    (
        EntryKind.CLOCK,
        {"clock": "beslissen", "was": "2026-04-01", "becomes": "2026-04-02", "told": ["Een stap.", "Het einde."]},
        "(was 2026-04-01, wordt 2026-04-02); regels of kalender gewijzigd. Een stap. Het einde.",
    ),
]
OF_TODAY = {
    "clock": "beslissen",
    "was": "2026-04-01",
    "becomes": "2026-04-02",
    "told": [
        {"code": "counted", "parameters": {"period": "6 weeks", "day": "2026-03-02", "end": "2026-04-13"}},
        {"code": "in_decree", "parameters": {}, "article": "Algemene termijnenwet art. 5"},
        {"code": "year_not_loaded", "parameters": {"year": 2031}},
    ],
}


def journal_line(kind: EntryKind, details: dict[str, object]) -> JournalEntry:
    return JournalEntry(
        seq=1, organisation="tuindorp", case_id="TUIN-1", case_version=1, at=datetime(2026, 3, 2, tzinfo=UTC),
        actor=ENGINE, kind=kind, details=details, details_text="", content_digest="", previous_hash="", hash="",
    )  # fmt: skip


@pytest.mark.parametrize(("kind", "details", "expected"), OF_THE_FIRST_EDITION)
def test_a_journal_of_the_first_edition_reads_as_it_did(
    kind: EntryKind, details: dict[str, object], expected: str
) -> None:
    line = journal_line(kind, details)
    (shown,) = history_page(HistoryView(content=CONTENT, entries=(line,)))
    assert shown.endswith(expected)


def test_what_a_step_writes_is_read_with_the_labels_of_the_content() -> None:
    plot = garden("2026-03-02")
    plot.act("vragen", KEEPER, at("2026-03-09"), reason="plan ontbreekt")
    plot.pass_time(at("2026-03-24", 1))
    said = [say_notice(one.kind, one.parameters, term=one.term, content=CONTENT) for one in plot.steps[-1].notices]
    label = next(one.label for one in CONTENT.workflow.transitions if one.on_term)
    assert said == [
        f"Bij '{label}' is 'laatste_uitleg' niet bekend.",
        "Brief T-02 is niet gemaakt: 'uitleg' is niet bekend.",
    ]


def test_what_a_step_writes_holds_no_sentence() -> None:
    late, plot = garden("2026-03-02"), garden("2026-03-02", FITS)
    late.pass_time(at("2026-04-14", 1))
    plot.act("toewijzen", BOARD, at("2026-03-24"))
    plot.send_all(at("2026-03-25"))
    notices = [one for step in late.steps for one in step.notices]
    assert notices
    assert not any(" " in str(value) for one in notices for value in one.parameters.values())
    (started,) = {entry.cause for clock in plot.case.clocks for entry in clock.ledger if entry.cause}
    assert started == "letter_sent"


def test_a_message_without_its_content_is_read_by_its_ids() -> None:
    assert say_notice("term_passed", {}, term="beslissen") == "termijn verstreken: beslissen"
    assert say_notice("transition", {"transition": "vragen"}, term="") == "vragen"
    assert say_notice("term_warning", {"number": 7}, term="beslissen", content=CONTENT)
    said = say_notice("case_not_opened", {"workflow": "ruzie", "error": "kapot."}, term="")
    assert said == "Een zaak 'ruzie' is niet geopend: kapot. Open haar met de hand."
    refused = [{"kind": BlockerKind.MISSING_FACT.value, "subject": "plan", "detail": ""}]
    said = say_notice("case_not_opened", {"workflow": "ruzie", "blockers": refused}, term="")
    assert said == "Een zaak 'ruzie' is niet geopend: 'plan' is niet bekend. Open haar met de hand."


def test_every_message_has_words_and_an_old_one_keeps_its_text() -> None:
    for kind in NOTICES:
        expected = "termijn verstreken: Wat er stond" if kind == "term_passed" else "Wat er stond"
        assert say_notice(kind, {}, term="t", text="Wat er stond") == expected
    assert say_cause("", "zie brief") == "zie brief"
    assert say_cause("letter_sent", "T-01") == "T-01 verzonden"


def test_how_an_end_came_about_is_told_of_codes_as_of_sentences() -> None:
    line = journal_line(EntryKind.CLOCK, OF_TODAY)
    (shown,) = history_page(HistoryView(content=CONTENT, entries=(line,)))
    assert shown.endswith(
        "kalender gewijzigd. 6 weken na maandag 2 maart 2026 is maandag 13 april 2026. De termijn staat in een"
        " algemene maatregel van bestuur; ook daarvoor geldt de Algemene termijnenwet. [Algemene termijnenwet art. 5]"
        " Let op: Voor 2031 zijn de bij koninklijk besluit gelijkgestelde dagen niet geladen; de laatste dag kan later"
        " vallen. Vul de kalender aan met het besluit over 2031."
    )


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from(["3 days", "6 weeks", "48 hours", "5 working days"])
)
def test_what_a_journal_kept_of_an_explanation_reads_as_the_explanation(start: date, length: str) -> None:
    spec = TermSpec(period=parse_period(length), termijnenwet=True, in_decree=True)
    begin = datetime(start.year, start.month, start.day, 9, tzinfo=UTC) if spec.is_in_hours else start
    projection = project_free(spec, begin, CONTENT.calendar)
    kept = json.loads(json.dumps([m.to_plain() | {"article": article} for m, article in told_of(projection)]))
    assert tuple(say_told(one) for one in kept) == explain_lines(projection)
