"""The test tool is tested: for each thing that can be expected, a change that makes exactly that story fail."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.rehearsal.run_rule_tests import Mismatch, run_rule_tests
from tests.core.decisions.garden import ROOT
from tests.usecases.workplace import change

pytestmark = pytest.mark.long

STORIES = "rules/tuindorp/tuin/tests/verhalen.yaml"
RULES = "rules/tuindorp/tuin/2026-01-01.yaml"
GARDEN = "workflows/tuindorp/tuin/2026-01-01.yaml"
QUARREL = "workflows/tuindorp/ruzie/2026-01-01.yaml"
TEXT = """
rule_set: tuin
workflow: tuin
groups:
  wie: {tuinder.nummer: lid-7, tuinder.naam: Ootje Moes, veld: noord}
  past: {plan: Prei, oppervlakte: 150, schuur: false, buur.naam: Wim Bonestaak, uitleg: te druk}
tests:
  - name: Een kleine tuin zonder schuur past
    on: 2026-03-02
    facts: {oppervlakte: 150, schuur: false}
    expect: {conclusions: {tuin.geschikt: true}}
stories:
  - name: De post ligt een nacht
    open:
      {on: 2026-03-02, as: tuinder, with: [wie, past], expect: {state: aangevraagd, terms: {beslissen: 2026-04-13}}}
    acts:
      - {on: 2026-03-03, do: toewijzen, as: tuinder, refused: [no_mandate], expect: {not_possible: [aanvullen]}}
      - on: 2026-03-03 16:00
        do: toewijzen
        as: bestuur
        mail: false
        expect: {state: toegewezen, letters: [T-01/tuinder, T-01/buur], waiting: [T-01]}
      - on: 2026-03-04
        wait: true
        expect:
          {state: in_gebruik, waiting: [], facts: {bevestigd_op: 2026-03-04}, terms: {bezwaar/tuinder: 2026-04-15}}
  - name: Niemand beslist
    open: {on: 2026-03-02, as: tuinder, with: [wie, past]}
    acts:
      - {on: 2026-03-31, wait: true, expect: {reminders: [beslissen], notices: {beheerder: [term_warning]}, opens: []}}
      - on: 2026-04-15
        wait: true
        expect: {conclusions: {te_laat: true}, letters: [T-02], opens: [ruzie], unknown: [afloop]}
      - {on: 2026-04-15, case: ruzie, wait: true, expect: {state: hek, facts: {tuinder.naam: Ootje Moes}}}
      - on: 2026-04-16
        case: ruzie
        do: oplossen
        as: beheerder
        set: {oplossing: Een haag ertussen}
        expect: {state: opgelost, tells: {afloop: Een haag ertussen}}
      - {on: 2026-04-16, wait: true, expect: {facts: {afloop: Een haag ertussen}}}
  - name: Twee zaken van hetzelfde lid
    open: {on: 2026-03-02, as: tuinder, with: [wie]}
    acts:
      - {on: 2026-03-03, open: ruzie, case: buren, entry: melding, as: commissie, with: [wie], set: {}}
      - {on: 2026-03-03, case: buren, record: {bemiddelaar: Bep Schep}, as: commissie, expect: {state: gemeld}}
      - on: 2026-03-04
        wait: true
        expect:
          state: aangevraagd
          conclusions: {eerdere_bemiddelaars: [Bep Schep]}
          missing: {klein: [oppervlakte]}
          possible: [intrekken]
"""


def make_garden(folder: Path) -> Path:
    """The invented garden with stories that hold, in a folder."""
    shutil.copytree(ROOT, folder / "tuin")
    (folder / "tuin" / STORIES).parent.mkdir()
    (folder / "tuin" / STORIES).write_text(TEXT.replace("with: [wie], set: {}", WHO_ONLY), encoding="utf-8")
    return folder / "tuin"


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    return make_garden(tmp_path)


WHO_ONLY = "set: {tuinder.nummer: lid-7, tuinder.naam: Ootje Moes}"


def played(root: Path) -> tuple[Mismatch, ...]:
    """What came out otherwise."""
    return run_rule_tests(root, "tuindorp").mismatches


def test_only_what_has_the_word_in_its_name_is_run(garden: Path) -> None:
    report = run_rule_tests(garden, "tuindorp", named="EEN NACHT")
    assert (report.tests, report.stories, report.files) == (0, 1, 1)
    assert run_rule_tests(garden, "tuindorp", named="bestaat niet").files == 0


def test_the_stories_hold(garden: Path) -> None:
    report = run_rule_tests(garden, "tuindorp")
    assert report.mismatches == ()
    assert (report.tests, report.stories, report.files) == (1, 3, 1)
    assert report.situations == 15


MAIL, NOBODY, TWO = "De post ligt een nacht", "Niemand beslist", "Twee zaken van hetzelfde lid"
WRONG = [
    ("state", NOBODY, "expect: {state: hek,", "expect: {state: gemeld,", "'gemeld' verwacht, maar het is 'hek'"),
    ("terms", MAIL, "beslissen: 2026-04-13", "beslissen: 2026-04-14", "2026-04-14 verwacht, maar het is 2026-04-13"),
    ("no term", MAIL, "beslissen: 2026-04-13", "beslissen: none", "onbekend verwacht, maar het is 2026-04-13"),
    ("conclusions", NOBODY, "te_laat: true", "te_laat: false", "'te_laat': nee verwacht, maar het is ja"),
    ("unknown", NOBODY, "unknown: [afloop]", "unknown: [uitleg]", "onbekend verwacht, maar het is te druk"),
    (
        "facts",
        MAIL,
        "bevestigd_op: 2026-03-04",
        "bevestigd_op: 2026-03-03",
        "2026-03-03 verwacht, maar het is 2026-03-04",
    ),
    ("missing", TWO, "klein: [oppervlakte]", "klein: [plan]", "naar plan, maar het is oppervlakte"),
    ("gathered", TWO, "[Bep Schep]}\n", "[Jan]}\n", "Jan verwacht, maar het is Bep Schep"),
    ("letters", NOBODY, "letters: [T-02]", "letters: []", "brieven: niets verwacht, maar het is T-02"),
    ("addressee", MAIL, "[T-01/tuinder, T-01/buur]", "[T-01/tuinder]", "maar het is T-01/tuinder, T-01/buur"),
    ("waiting", MAIL, "waiting: [T-01]", "waiting: []", "klaarstaan: niets verwacht, maar het is T-01"),
    ("mail", MAIL, "mail: false", "mail: true", "toestand 'toegewezen' verwacht, maar het is 'in_gebruik'"),
    ("by", MAIL, "mail: false", "by: Jan Jansen\n        mail: false", "'Jan Jansen' staat niet in het register"),
    (
        "reminders",
        NOBODY,
        "reminders: [beslissen]",
        "reminders: []",
        "herinneringen: niets verwacht, maar het is beslissen",
    ),
    (
        "notices",
        NOBODY,
        "{beheerder: [term_",
        "{bestuur: [term_",
        "term_warning aan bestuur verwacht, maar het is term_",
    ),
    ("opens", NOBODY, "opens: [ruzie]", "opens: []", "geopende zaken: niets verwacht, maar het is ruzie"),
    ("how many", NOBODY, "opens: [ruzie]", "opens: [ruzie, ruzie]", "ruzie, ruzie verwacht, maar het is ruzie"),
    ("not opened", NOBODY, "opens: [ruzie]", "not_opened: {ruzie: [condition]}", "maar er is er geen geweigerd"),
    (
        "tells",
        NOBODY,
        "tells: {afloop: Een haag",
        "tells: {afloop: Een hek",
        "Een hek ertussen verwacht, maar het is Een haag",
    ),
    ("possible", TWO, "possible: [intrekken]", "possible: [toewijzen]", "'toewijzen' moet kunnen, maar kan niet"),
    (
        "not possible",
        MAIL,
        "not_possible: [aanvullen]",
        "not_possible: [vragen]",
        "'vragen' mag niet kunnen, maar kan wel",
    ),
    (
        "refused",
        MAIL,
        "refused: [no_mandate]",
        "refused: [condition]",
        "weigering om condition verwacht, maar de redenen",
    ),
    ("is refused", MAIL, "refused: [no_mandate], ", "", "'toewijzen' is geweigerd: no_mandate"),
    (
        "succeeds",
        NOBODY,
        "as: beheerder\n",
        "as: beheerder\n        refused: [closed]\n",
        "had moeten worden geweigerd",
    ),
    ("a case", TWO, "case: buren, record", "case: buur, record", "geen zaak 'buur'"),
]


@pytest.mark.parametrize(("story", "old", "new", "told"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_wrong_expectation_fails_that_story_and_says_what_was_seen(
    garden: Path, story: str, old: str, new: str, told: str
) -> None:
    change(garden, STORIES, old, new)
    found = played(garden)
    assert {mismatch.name for mismatch in found} == {story}
    first = found[0]
    assert told in first.text
    assert " op " in first.step, "which act, and when"
    path, line, _ = first.where.split(":")
    assert path == STORIES
    text = (garden / STORIES).read_text(encoding="utf-8")
    around = text.splitlines()[max(int(line) - 4, 0) : int(line) + 5]
    assert (new or "do: toewijzen, as: tuinder").strip().splitlines()[-1] in "\n".join(around)


CHANGED = [
    ("a day", MAIL, RULES, "6 weeks\n    basis: Tuinwet art. 9", "5 weeks\n    basis: Tuinwet art. 9", "2026-04-08"),
    ("addressee", MAIL, GARDEN, "to: [tuinder, buur]", "to: [tuinder]", "maar het is T-01/tuinder"),
    ("by itself", MAIL, GARDEN, "letters.waiting: 0", "letters.waiting: 7", "'in_gebruik' verwacht"),
    ("reminder", NOBODY, RULES, "after: 4 weeks", "after: 5 weeks", "herinneringen: beslissen verwacht"),
    (
        "told body",
        NOBODY,
        RULES,
        "to: [beheerder], label: Nog",
        "to: [bestuur], label: Nog",
        "term_warning aan bestuur",
    ),
    (
        "no opening",
        NOBODY,
        RULES,
        "entry: te_laat\n",
        "entry: te_laat\n          when: {klein: false}\n",
        "het is niets",
    ),
    ("hand-over", NOBODY, RULES, "tuinder.naam: {fact: tuinder.naam}}\n", "tuinder.naam: {fact: uitleg}}\n", "Ootje"),
    ("parent", NOBODY, QUARREL, ", tells_parent: {afloop: {fact: oplossing}}", "", "bovenliggende zaak 'afloop'"),
    ("gathered", TWO, RULES, "workflows: [ruzie], facts: [bem", "workflows: [tuin], facts: [bem", "Bep Schep verwacht"),
    ("mandate", MAIL, GARDEN, "    by: [bestuur]\n", "    by: [bestuur, tuinder]\n", "had moeten worden geweigerd"),
]


@pytest.mark.parametrize(
    ("story", "file", "old", "new", "told"), [row[1:] for row in CHANGED], ids=[row[0] for row in CHANGED]
)
def test_changed_content_fails_the_story_that_said_otherwise(
    garden: Path, story: str, file: str, old: str, new: str, told: str
) -> None:
    change(garden, file, old, new)
    found = played(garden)
    assert {mismatch.name for mismatch in found} == {story}
    assert told in "\n".join(mismatch.text for mismatch in found)


NO_ENTRY = ("{id: te_laat, label: Te laat beslist,", "{id: te_laat, label: Te laat beslist, when: {ernst: hoog},")
REFUSED = """
  - name: Niemand kan erin
    open: {on: 2026-03-02, as: tuinder, with: [wie, past]}
    acts:
      - on: 2026-04-15
        wait: true
        expect:
          opens: []
          not_opened: {ruzie: [condition]}
          notices: {beheerder: [term_warning, case_not_opened], bestuur: [term_passed]}
"""


def test_an_entry_that_nobody_can_take_opens_nothing_and_the_story_says_so(garden: Path) -> None:
    change(garden, QUARREL, *NO_ENTRY)
    found = played(garden)
    assert {mismatch.name for mismatch in found} == {NOBODY}
    opened = next(mismatch.text for mismatch in found if mismatch.text.startswith("geopende zaken"))
    assert opened.startswith("geopende zaken: ruzie verwacht, maar het is niets; ruzie is geweigerd: condition")


def test_a_refused_child_can_be_expected_and_fails_when_it_is_not_refused(garden: Path) -> None:
    (garden / STORIES).write_text(TEXT.partition("tests:")[0] + "stories:" + REFUSED, encoding="utf-8")
    open_to_all = played(garden)
    assert {mismatch.name for mismatch in open_to_all} == {"Niemand kan erin"}
    assert any("moest geweigerd worden om condition, maar er is er geen geweigerd" in one.text for one in open_to_all)
    change(garden, QUARREL, *NO_ENTRY)
    assert played(garden) == ()
    change(garden, STORIES, "[condition]", "[no_consent]")
    (wrong,) = played(garden)
    assert "moest geweigerd worden om no_consent, maar het is om condition" in wrong.text
