"""What a rule test and a story can say of one step: each thing that can be expected is made to fail once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.rehearsal.run_rule_tests import Mismatch, run_rule_tests
from tests.core.decisions.garden import ROOT
from tests.usecases.workplace import change

pytestmark = pytest.mark.long

TESTS = "rules/tuindorp/tuin/tests/stap.yaml"
ROUNDS = "rules/tuindorp/toezicht/tests/rondes.yaml"
RULES = "rules/tuindorp/tuin/2026-01-01.yaml"
GARDEN = "workflows/tuindorp/tuin/2026-01-01.yaml"
WATCH = "workflows/tuindorp/toezicht/2026-01-01.yaml"
QUARREL = "workflows/tuindorp/ruzie/2026-01-01.yaml"
LETTER = "templates/letters/tuindorp/T-01/2026-01-01.md"
OF_GARDEN = """
rule_set: tuin
workflow: tuin
groups:
  wie: {tuinder.nummer: lid-7, tuinder.naam: Ootje Moes, veld: noord}
  past: {plan: Prei, oppervlakte: 150, schuur: false, buur.naam: Wim Bonestaak, uitleg: te druk}
tests:
  - name: Wie een tuin krijgt, hoort het, en de buur ook
    on: 2026-03-02
    state: aangevraagd
    facts: {tuinder.nummer: lid-7, tuinder.naam: Ootje Moes, oppervlakte: 150, buur.naam: Wim Bonestaak}
    act:
      do: toewijzen
      as: bestuur
      set: {plan: Prei, schuur: false}
    expect:
      state: toegewezen
      letters: [T-01/tuinder, T-01/buur]
      says: {T-01/buur: {naam: Ootje Moes, plan: Prei}}
      waiting: [T-01]
      notices: {}
      opens: []
  - name: Zonder teeltplan wordt geen tuin toegewezen
    on: 2026-03-02
    state: aangevraagd
    facts: {oppervlakte: 150, schuur: false}
    act:
      do: toewijzen
      as: bestuur
      refused: [missing_fact]
      about: [plan]
  - name: Een hoge schuur past niet
    on: 2026-03-02
    state: aangevraagd
    facts: {oppervlakte: 150, plan: Prei, schuur: true, schuur.hoogte: 3}
    act:
      do: toewijzen
      as: bestuur
      refused: [condition]
      about: [schuur.hoogte]
  - name: Wie ruzie meldt, geeft zijn naam mee
    on: 2026-03-02
    state: in_gebruik
    facts: {tuinder.nummer: lid-7, tuinder.naam: Ootje Moes}
    act:
      do: ruzie_melden
      as: tuinder
    expect: {opens: [ruzie], receives: {ruzie: {tuinder.naam: Ootje Moes}}}
stories:
  - name: Niemand beslist
    open: {on: 2026-03-02, as: tuinder, with: [wie, past]}
    acts:
      - {on: 2026-03-31, wait: true, expect: {passed: [streven], reminders: [beslissen]}}
      - on: 2026-04-15
        wait: true
        expect:
          passed: [beslissen]
          letters: [T-02]
          says: {T-02/tuinder: {naam: Ootje Moes, uitleg: te druk}}
          receives: {ruzie: {tuinder.nummer: lid-7, tuinder.naam: Ootje Moes}}
      - {on: 2026-04-16, do: toewijzen, as: tuinder, refused: [no_mandate], about: [tuinder]}
"""
OF_ROUNDS = """
rule_set: toezicht
workflow: toezicht
tests:
  - name: Een klus is gedaan
    on: 2026-03-04
    facts: {tuinder.nummer: lid-7}
    records: {ronde: [{dag: 2026-03-02}], klus: [{wat: Haag, wie: Bep Schep, voor: 2026-03-20}]}
    act:
      do: klus_gedaan
      as: tuinder
      set: {klus.gezien: 2026-03-04}
    expect: {records: {klus: [{wat: Haag, life: gedaan}], ronde: [{dag: 2026-03-02}]}}
stories:
  - name: Een ronde met een oordeel
    open: {on: 2026-03-02, as: beheerder, set: {tuinder.nummer: lid-7, tuinder.naam: Ootje Moes}}
    acts:
      - on: 2026-03-02
        do: ronde_afsluiten
        as: beheerder
        set: {ronde.dag: 2026-03-02, ronde.oordeel: goed, ronde.keurder: Bep Schep}
        expect: {records: {ronde: [{dag: 2026-03-02, oordeel: goed, keurder: Bep Schep}], klus: []}}
"""


def make_garden(folder: Path) -> Path:
    """The invented garden with tests and stories that hold, in a folder."""
    root = folder / "tuin"
    shutil.copytree(ROOT, root)
    for path, text in ((TESTS, OF_GARDEN), (ROUNDS, OF_ROUNDS)):
        (root / path).parent.mkdir()
        (root / path).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    return make_garden(tmp_path)


def run(root: Path) -> tuple[Mismatch, ...]:
    """What came out otherwise."""
    return run_rule_tests(root, "tuindorp").mismatches


def test_what_is_expected_of_a_step_holds(garden: Path) -> None:
    assert [(one.name, one.text) for one in run(garden)] == []


GETS, NO_PLAN, SHED, TELLS = (
    "Wie een tuin krijgt, hoort het, en de buur ook",
    "Zonder teeltplan wordt geen tuin toegewezen",
    "Een hoge schuur past niet",
    "Wie ruzie meldt, geeft zijn naam mee",
)
NOBODY, DONE, ROUND = "Niemand beslist", "Een klus is gedaan", "Een ronde met een oordeel"
OTHERWISE = [
    ("a reader", GETS, GARDEN, "to: [tuinder, buur]", "to: [tuinder]", "maar het is T-01/tuinder"),
    (
        "a field",
        GETS,
        LETTER,
        "naam: {fact: tuinder.naam}",
        "naam: {fact: buur.naam}",
        "veld 'naam': Ootje Moes verwacht, maar het is Wim Bonestaak",
    ),
    ("no field", GETS, TESTS, "naam: Ootje Moes, plan: Prei", "naam: Ootje Moes, kas: Prei", "veld 'kas'"),
    ("another letter", GETS, TESTS, "says: {T-01/buur:", "says: {T-02/buur:", "brief T-02/buur verwacht, maar deze"),
    (
        "its state",
        GETS,
        GARDEN,
        "to: toegewezen\n",
        "to: in_gebruik\n",
        "'toegewezen' verwacht, maar het is 'in_gebruik'",
    ),
    ("a notice", GETS, TESTS, "notices: {}", "notices: {buur: [transition]}", "transition aan buur verwacht"),
    ("not asked", NO_PLAN, GARDEN, "requires: [plan, oppervlakte]", "requires: [oppervlakte]", "missing_fact verwacht"),
    ("asked first", NO_PLAN, TESTS, "about: [plan]", "about: [veld]", "weigering om veld verwacht"),
    ("a limit", SHED, RULES, "at_most: 2}", "at_most: 4}", "weigering om condition, schuur.hoogte verwacht"),
    ("who is to blame", SHED, TESTS, "about: [schuur.hoogte]", "about: [veld]", "om veld verwacht"),
    (
        "what it gives",
        TELLS,
        GARDEN,
        "tuinder.naam: {fact: tuinder.naam}}}]}",
        "tuinder.naam: {fact: tuinder.nummer}}}]}",
        "kreeg mee bij 'tuinder.naam': Ootje Moes verwacht, maar het is lid-7",
    ),
    (
        "what opens",
        TELLS,
        TESTS,
        "[ruzie], receives: {ruzie:",
        "[ruzie], receives: {tuin:",
        "'tuin' moest geopend worden, maar geopend is",
    ),
    (
        "a term that passed",
        NOBODY,
        RULES,
        "    length: 6 weeks\n    basis: Tuinwet art. 4",
        "    length: 7 weeks\n    basis: Tuinwet art. 4",
        "verlopen termijnen: beslissen verwacht, maar het is niets",
    ),
    ("no term", NOBODY, TESTS, "passed: [streven]", "passed: []", "niets verwacht, maar het is streven"),
    ("a field that left", NOBODY, TESTS, "uitleg: te druk}}", "uitleg: ziek}}", "ziek verwacht, maar het is te druk"),
    (
        "what follows gives",
        NOBODY,
        RULES,
        "tuinder.naam: {fact: tuinder.naam}}\n",
        "tuinder.naam: {fact: uitleg}}\n",
        "Ootje Moes verwacht, maar het is te druk",
    ),
    ("about whom", NOBODY, TESTS, "about: [tuinder]", "about: [bestuur]", "weigering om bestuur verwacht"),
    ("a life", DONE, WATCH, "changes: {klus: gedaan}", "changes: {klus: vervallen}", "'life': gedaan verwacht"),
    ("how many", ROUND, ROUNDS, "klus: []}", "klus: [{}]}", "van 'klus' zijn er 1 verwacht, maar het zijn er 0"),
    (
        "in a record",
        ROUND,
        ROUNDS,
        "oordeel: goed, keurder: Bep Schep}]",
        "oordeel: matig}]",
        "nummer 1, veld 'oordeel'",
    ),
    ("who in it", ROUND, ROUNDS, "keurder: Bep Schep}]", "keurder: Jan}]", "Jan verwacht, maar het is Bep Schep"),
]


@pytest.mark.parametrize(
    ("name", "file", "old", "new", "told"), [row[1:] for row in OTHERWISE], ids=[row[0] for row in OTHERWISE]
)
def test_what_comes_out_otherwise_fails_that_test_and_says_what_was_seen(
    garden: Path, name: str, file: str, old: str, new: str, told: str
) -> None:
    change(garden, file, old, new)
    found = run(garden)
    assert name in {one.name for one in found}
    assert told in "\n".join(one.text for one in found if one.name == name)
    assert all(one.where.startswith((TESTS, ROUNDS)) for one in found)


def test_one_text_where_a_field_is_a_list_is_told_as_that(garden: Path) -> None:
    """Joined by hand the words are the same, and "Prei, Ui verwacht, maar het is Prei, Ui" helps nobody."""
    change(garden, LETTER, "plan: {fact: plan}", "plan: [Prei, Ui]")
    change(garden, TESTS, "naam: Ootje Moes, plan: Prei", 'naam: Ootje Moes, plan: "Prei, Ui"')
    (found,) = [one.text for one in run(garden) if one.name == GETS]
    assert found == (
        "brief T-01/buur, veld 'plan' is een lijst van 2, en verwacht is de tekst 'Prei, Ui'. Schrijf elk deel apart:"
        ' ["Prei", "Ui"].'
    )
    change(garden, TESTS, 'plan: "Prei, Ui"', "plan: [Ui, Prei]")
    assert [one for one in run(garden) if one.name == GETS] == []
