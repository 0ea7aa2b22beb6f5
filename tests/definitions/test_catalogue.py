"""Which version counts on which day, and what a case that is pinned keeps."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from engine.core.errors import DefinitionError
from engine.core.language.conditions import Literal
from engine.core.legal_clock.termspec import Holds
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.content_files import Kind
from engine.definitions.files.footprint import Pinned

GOOD = Path(__file__).parent / "good"
IN_2025, IN_2026 = date(2025, 6, 1), date(2026, 6, 1)
WITH_ROUNDS = Path(__file__).parents[1] / "usecases" / "world_of_rounds"


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue(GOOD)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "content"))


def change(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_catalogue_tells_what_there_is(catalogue: Catalogue) -> None:
    assert catalogue.organisations() == ("dorp", "land")
    assert catalogue.workflows("dorp") == ("geschil", "kapvergunning")
    assert catalogue.versions(Kind.RULES, "dorp", "kapvergunning") == (date(2024, 1, 1), date(2026, 1, 1))
    assert [letter.id for letter in catalogue.letters("dorp", IN_2026)] == ["B-01", "B-02"]


@pytest.mark.parametrize(
    ("on", "version"),
    [(date(2024, 1, 1), 2024), (date(2025, 12, 31), 2024), (date(2026, 1, 1), 2026), (date(2027, 12, 31), 2026)],
)
def test_the_newest_version_that_has_begun_counts(catalogue: Catalogue, on: date, version: int) -> None:
    assert catalogue.content("dorp", "kapvergunning", on).rules.valid_from == date(version, 1, 1)


def test_one_catalogue_gives_each_day_its_own_version(catalogue: Catalogue) -> None:
    days = [IN_2026, IN_2025, IN_2026, date(2024, 1, 1)]
    found = [catalogue.content("dorp", "kapvergunning", day).rules.valid_from.year for day in days]
    assert found == [2026, 2024, 2026, 2024]


def test_an_expired_version_does_not_give_way_to_an_older_one(catalogue: Catalogue) -> None:
    with pytest.raises(DefinitionError) as caught:
        catalogue.content("dorp", "kapvergunning", date(2028, 1, 1))
    assert "geen versie in kracht" in caught.value.text()
    assert "2024-01-01, 2026-01-01" in caught.value.text()
    assert "gold tot en met 2027-12-31" in caught.value.text()


def test_before_the_first_version_there_is_no_workflow(catalogue: Catalogue) -> None:
    with pytest.raises(DefinitionError, match=r"2023-12-31 geen versie in kracht.*2024-01-01"):
        catalogue.content("dorp", "kapvergunning", date(2023, 12, 31))


@pytest.mark.parametrize(
    ("organisation", "workflow", "words"),
    [
        ("dorp", "kapvergunnin", 'Bedoelt u "kapvergunning"'),
        ("dorpp", "geschil", 'Bedoelt u "dorp"'),
        ("../rules/dorp", "geschil", "bestaat niet"),
        ("dorp", "../dorp/geschil", "bestaat niet"),
    ],
)
def test_a_wrong_name_gets_the_nearest_right_one(
    catalogue: Catalogue, organisation: str, workflow: str, words: str
) -> None:
    with pytest.raises(DefinitionError, match=words):
        catalogue.content(organisation, workflow, IN_2026)


def test_the_organisation_goes_over_what_it_inherits(catalogue: Catalogue) -> None:
    content = catalogue.content("dorp", "kapvergunning", IN_2026)
    rules = content.rules
    assert rules.layers == ("land/kapvergunning@2020-01-01", "dorp/kapvergunning@2026-01-01")
    assert str(rules.terms["beslistermijn"].period) == "6 weeks"
    assert {"boom.hoogte", "gebied"} <= rules.facts.keys()
    assert [rule.id for rule in rules.rules][:2] == ["hoge_boom", "oude_boom"]
    assert set(rules.addressees) == {"aanvrager", "buren"}
    assert {"gemeente", "burgemeester"} <= content.organisation.bodies.keys()
    assert content.organisation.parameters["leges"] == 75
    assert content.organisation.parameters["bezwaaradres"] == "Postbus 1"
    assert content.organisation.letterhead == {
        "name": "Gemeente Dorp", "address": "Dorpsplein 1", "place": "Dorp", "website": "land.voorbeeld",
    }  # fmt: skip
    labels = content.organisation.letter_labels
    assert (labels["greeting"], labels["greeting_child"]) == ("Met vriendelijke groet,", "Groetjes van")
    assert content.organisation.region == "noord"
    assert date(2026, 5, 15) in content.calendar.equated_days[2026]


def test_a_parameter_becomes_the_value_of_the_organisation(catalogue: Catalogue) -> None:
    rules = catalogue.content("dorp", "kapvergunning", IN_2026).rules
    table = next(table for table in rules.tables if table.id == "leges_per_gebied")
    assert table.rows[1].then == Literal(value=75)


def test_conclusions_come_after_what_they_read(catalogue: Catalogue) -> None:
    order = catalogue.content("dorp", "kapvergunning", IN_2026).rules.order
    assert order.index("boom.oud") < order.index("nodige_stukken") < order.index("ontbrekende_stukken")


def test_a_letter_of_the_organisation_goes_before_the_national_one_from_its_first_day(catalogue: Catalogue) -> None:
    before = catalogue.content("dorp", "kapvergunning", IN_2025).letters["B-01"]
    after = catalogue.content("dorp", "kapvergunning", IN_2026).letters["B-01"]
    assert (before.organisation, after.organisation) == ("land", "dorp")
    assert dict(after.partials).keys() == {"groet", "naam"}
    assert after.digest != before.digest


def test_a_pinned_case_keeps_its_own_layer_and_follows_the_law(root: Path) -> None:
    law = root / "rules/land/kapvergunning/2026-03-01.yaml"
    text = (root / "rules/land/kapvergunning/2020-01-01.yaml").read_text(encoding="utf-8")
    law.write_text(text.replace("2020-01-01", "2026-03-01").replace("more: 10", "more: 20"), encoding="utf-8")
    pinned = Pinned(date(2024, 1, 1), date(2024, 1, 1))
    content = Catalogue(root).content("dorp", "kapvergunning", IN_2026, pinned=pinned)
    assert content.rules.layers == ("land/kapvergunning@2026-03-01", "dorp/kapvergunning@2024-01-01")
    assert content.rules.valid_from == date(2024, 1, 1)
    assert content.letters["B-01"].organisation == "land"  # the letter of 2026 asks what these rules do not have


def new_law(root: Path, *changes: tuple[str, str]) -> None:
    """Another law from 1 March 2026 on."""
    text = (root / "rules/land/kapvergunning/2020-01-01.yaml").read_text(encoding="utf-8")
    for old, new in (("2020-01-01", "2026-03-01"), *changes):
        assert old in text
        text = text.replace(old, new)
    (root / "rules/land/kapvergunning/2026-03-01.yaml").write_text(text, encoding="utf-8")


BODY, CITIZEN = "protects: body\n    length: 8 weeks", "protects: citizen\n    length: 2 weeks"
RUNNING = Pinned(date(2024, 1, 1), date(2024, 1, 1), law=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("changes", "term", "becomes"),
    [
        pytest.param([(BODY, BODY.replace("8", "3"))], "beslistermijn", ("3 weeks", Holds.SOONER), id="of a body"),
        pytest.param([(BODY, BODY.replace("8", "9"))], "beslistermijn", None, id="looser changes nothing"),
        pytest.param([(CITIZEN, CITIZEN.replace("2", "3"))], "zienswijzetermijn", ("3 weeks", Holds.LATER), id="hers"),
        pytest.param([("protects: both\n    length: 6", "protects: both\n    length: 7")], "bezwaartermijn",
                     ("7 weeks", Holds.FROM_THE_NEXT), id="of public order"),
        pytest.param([("at_least: 5 working days", "at_least: 20 working days")], "reactie_termijn",
                     ("20 working days", Holds.LATER), id="a higher floor"),
        pytest.param([("hoge_boom\n", "dikke_boom\n"), ("vergunning.nodig: true}\n", "vergunning.nodig: false}\n")],
                     "beslistermijn", None, id="another rule of the law"),
    ],
)  # fmt: skip
def test_pinned_rules_load_under_any_law_and_take_its_stricter_lengths(
    root: Path, changes: list[tuple[str, str]], term: str, becomes: tuple[str, Holds] | None
) -> None:
    """F-40: rules that were in force are never too loose for a law of after them."""
    new_law(root, *changes)
    before = Catalogue(root).content("dorp", "kapvergunning", IN_2025, pinned=RUNNING).rules
    after = Catalogue(root).content("dorp", "kapvergunning", IN_2026, pinned=RUNNING).rules
    laws = after.terms[term].later_laws
    assert [(str(law.period), law.holds) for law in laws] == ([becomes] if becomes else [])
    assert {law.since for law in laws} <= {date(2026, 3, 1)}
    assert not before.terms[term].later_laws
    assert after.rules == before.rules, "a case keeps its rules, those of the law too"
    assert after.obligations == before.obligations


def test_a_case_goes_on_when_the_law_under_it_ended(root: Path) -> None:
    change(root, "rules/land/kapvergunning/2020-01-01.yaml", "source: [Kapwet]", "valid_through: 2026-02-28")
    assert Catalogue(root).content("dorp", "kapvergunning", IN_2026, pinned=RUNNING).rules.terms
    with pytest.raises(DefinitionError, match="geen versie in kracht"):
        Catalogue(root).content("dorp", "kapvergunning", IN_2026)


def test_a_case_pinned_to_what_is_in_force_has_that_same_content(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    catalogue = Catalogue(root, cache=cache)
    in_force = catalogue.content("dorp", "kapvergunning", IN_2026)
    pinned = Pinned(in_force.workflow.valid_from, in_force.rules.valid_from)
    assert catalogue.content("dorp", "kapvergunning", IN_2026, pinned=pinned) is in_force
    assert Catalogue(root).content("dorp", "kapvergunning", IN_2026, pinned=pinned) == in_force
    # The copy of the one is read for the other, and nothing is parsed.
    later = Catalogue(root, cache=cache)
    assert later.content("dorp", "kapvergunning", IN_2026, pinned=pinned) == in_force
    assert later._loader is None
    older = Pinned(date(2024, 1, 1), date(2024, 1, 1))
    assert catalogue.content("dorp", "kapvergunning", IN_2026, pinned=older).rules.valid_from == date(2024, 1, 1)
    # Beyond the days of what is in force the pinned case goes on by itself.
    assert catalogue.content("dorp", "kapvergunning", date(2030, 1, 1), pinned=pinned).rules.title


def test_a_pinned_case_outlives_the_last_day_of_its_version(catalogue: Catalogue) -> None:
    pinned = Pinned(date(2024, 1, 1), date(2026, 1, 1))
    assert catalogue.content("dorp", "kapvergunning", date(2030, 1, 1), pinned=pinned).rules.title


def test_a_pinned_version_that_was_removed_is_an_error(catalogue: Catalogue) -> None:
    with pytest.raises(DefinitionError, match="2025-05-05 geen versie in kracht"):
        catalogue.content("dorp", "kapvergunning", IN_2026, pinned=Pinned(date(2024, 1, 1), date(2025, 5, 5)))


def test_the_digest_changes_with_each_file_that_is_used_and_with_no_other(root: Path) -> None:
    first = Catalogue(root).content("dorp", "kapvergunning", IN_2026).digest
    change(root, "rules/dorp/geschil/2026-01-01.yaml", "Mag snoeien", "Mag kijken")
    assert Catalogue(root).content("dorp", "kapvergunning", IN_2026).digest == first
    seen = {first}
    for file in (
        "rules/land/organisation.yaml",
        "rules/land/kapvergunning/2020-01-01.yaml",
        "rules/dorp/kapvergunning/2026-01-01.yaml",
        "workflows/dorp/kapvergunning/2024-01-01.yaml",
        "rules/land/calendar/2020-01-01.yaml",
        "templates/letters/dorp/B-01/2026-01-01.md",
        "templates/letters/land/partials/naam.md",
    ):
        with (root / file).open("a", encoding="utf-8") as stream:
            stream.write("\n" if file.endswith(".md") else "# gewijzigd\n")
        seen.add(Catalogue(root).content("dorp", "kapvergunning", IN_2026).digest)
    assert len(seen) == 8


def test_a_mistake_in_another_workflow_does_not_stop_this_one(root: Path) -> None:
    change(root, "rules/dorp/geschil/2026-01-01.yaml", "mandate: Mag snoeien, ", "")
    catalogue = Catalogue(root)
    assert catalogue.content("dorp", "kapvergunning", IN_2026).rules.facts
    with pytest.raises(DefinitionError, match="mandate"):
        catalogue.content("dorp", "geschil", IN_2026)


def test_all_problems_of_a_workflow_are_told_together(root: Path) -> None:
    rules = "rules/dorp/kapvergunning/2026-01-01.yaml"
    change(root, rules, "boom.soort: eik", "boom.soort: eikk")
    change(root, rules, "at_least: 25", 'at_least: "25"')
    with pytest.raises(DefinitionError) as caught:
        Catalogue(root).content("dorp", "kapvergunning", IN_2026)
    assert len(caught.value.findings) == 2
    assert "heeft 2 fouten" in caught.value.text()


def test_a_file_in_another_encoding_is_refused(root: Path) -> None:
    path = root / "rules/dorp/kapvergunning/2026-01-01.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").replace("note: voor", "note: vóór").encode("latin-1"))
    with pytest.raises(DefinitionError, match="UTF-8"):
        Catalogue(root).content("dorp", "kapvergunning", IN_2026)


@pytest.mark.parametrize(("world", "on"), [(WITH_ROUNDS, date(2026, 9, 1)), (GOOD, IN_2026)])
def test_a_sweep_of_the_calendar_reads_each_workflow_that_has_planned_work_and_no_other(world: Path, on: date) -> None:
    catalogue = Catalogue(world)
    workflows = catalogue.workflows("dorp")
    planning = {name for name in workflows if catalogue.content("dorp", name, on).rules.planned}
    assert planning
    assert {name for name in workflows if catalogue.may_plan("dorp", name)} == planning
