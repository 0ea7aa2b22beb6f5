"""What stands in a dossier before a story begins is said by the story, and refused where no dossier can hold it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine.core.errors import DefinitionError
from engine.definitions.reading.script_file import read_script, read_test_file
from engine.definitions.script import CasePlan, Script, moment_of_day
from engine.rehearsal.check_script import check_script
from engine.rehearsal.memory import MemoryRuntime
from engine.rehearsal.player import play
from engine.words.saying import say
from tests.real_content import real_catalogue

pytestmark = pytest.mark.long

GOOD = "{verklaring: [{nummer: OUD-1, soort: vso, begin: 2024-08-01, einde: 2027-07-31}]}"
STORY = """
rule_set: tlv_afloop
workflow: tlv_afloop
stories:
  - name: De verklaring stond er al
    records: RECORDS
    open:
      on: 2026-08-03
      as: toeleiding
      set: {leerling.nummer: "900000001", leerling.naam: Sam Voorbeeld, sector: vo, ouders.naam: J. Voorbeeld,
        ouders.adres: Kade 1, school.naam: Baken}
      expect:
        state: laatste_jaar
        facts: {aflopend.nummer: OUD-1, aflopend.soort: vso, aflopend.einddatum: 2027-07-31}
"""


@pytest.fixture
def runtime() -> Iterator[MemoryRuntime]:
    made = MemoryRuntime(real_catalogue(), "almere")
    with closing(made):
        yield made


def story(records: str = GOOD, old: str = "", new: str = "") -> CasePlan:
    text = STORY.replace("RECORDS", records)
    assert old in text
    (found,) = read_test_file(text.replace(old, new) if old else text, "verhaal.yaml", "almere").stories
    return found


def played(runtime: MemoryRuntime, plan: CasePlan) -> list[str]:
    """What came out otherwise than the story says, in words."""
    assert plan.opening is not None
    assert plan.opening.on is not None
    runtime.begin(moment_of_day(plan.opening.on))
    return [say(one.finding).text() for one in play(runtime, (plan,)).surprises]


def test_a_case_reads_in_the_dossier_what_the_story_says_stood_there(runtime: MemoryRuntime) -> None:
    assert played(runtime, story()) == []


def test_what_ended_before_the_story_counts_no_more(runtime: MemoryRuntime) -> None:
    ended = GOOD.replace("einde: 2027-07-31", "einde: 2027-07-31, life: ingetrokken")
    (said,) = played(runtime, story(ended))
    assert "condition" in said


@pytest.mark.parametrize(
    ("records", "words"),
    [
        ("{diploma: [{nummer: OUD-1}]}", "diploma"),
        (GOOD.replace("soort: vso", "sort: vso"), "verklaring.sort"),
        (GOOD.replace("soort: vso, ", ""), "verklaring.soort"),
        (GOOD.replace("2027-07-31", "2023-07-31"), "verklaring.einde"),
        (GOOD.replace("vso", "mbo"), "mbo"),
        (GOOD.replace("}]", ", life: kwijt}]"), "kwijt"),
        (GOOD.replace("OUD-1", "oud 1"), "verklaring.nummer"),
    ],
    ids=["kind", "field", "needed", "limit", "choice", "life", "form"],
)
def test_what_no_dossier_can_hold_is_refused_in_words(runtime: MemoryRuntime, records: str, words: str) -> None:
    said = played(runtime, story(records))[0]
    assert "kan zo niet in een dossier staan" in said
    assert words in said


def test_a_dossier_of_nobody_is_refused(runtime: MemoryRuntime) -> None:
    said = played(runtime, story(old='leerling.nummer: "900000001", '))[0]
    assert "over niemand" in said


def test_records_without_who_they_are_of_are_refused_when_read(tmp_path: Path) -> None:
    plan = f"  - {{name: Van niemand, records: {GOOD}, for: {{workflow: tlv_afloop}}}}"
    path = tmp_path / "acts.yaml"
    path.write_text(f"title: Proef\nstarts: 2026-08-01\nends: 2026-09-01\nplans:\n{plan}\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match="is van niemand"):
        read_script(path)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [("verklaring", "verklaard", 'De soort in het dossier "verklaard"'), ("soort", "sort", 'Het veld "sort"')],
)
def test_a_script_is_held_against_the_dossier_before_it_is_played(
    runtime: MemoryRuntime, old: str, new: str, words: str
) -> None:
    plan = story(GOOD.replace(old, new))
    assert plan.opening is not None
    starts = moment_of_day(plan.opening.on)  # type: ignore[arg-type]  # it has one
    runtime.begin(starts)
    with pytest.raises(DefinitionError, match=words):
        check_script(runtime, Script(title="", starts_at=starts, ends_at=starts, plans=(plan,)))
