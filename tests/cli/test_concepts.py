"""A concept at the terminal: its mistakes stand apart, and the versions say where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.publishing import publish_folder
from tests.usecases.versions import CONSENTS, NEXT, ORGANISATION, PARTLY, RULES, make_two_sectors, next_version
from tests.usecases.workplace import change

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("in_november")]


@pytest.fixture
def schools(tmp_path: Path) -> Path:
    """The content of two sectors, to change."""
    return make_two_sectors(tmp_path / "inhoud")


@pytest.fixture
def real(tmp_path: Path, schools: Path) -> Terminal:
    """A workplace in earnest, of which nothing is published yet."""
    Terminal(tmp_path).run("init", "echt", "--content", str(schools)).expect(0)
    return Terminal(tmp_path / "echt")


def broken_concept(schools: Path) -> None:
    later = next_version(schools)
    later.write_text(later.read_text("utf-8").replace("when: {soort: lang}", "when: {sort: lang}"), "utf-8")


def test_what_is_wrong_with_a_concept_stands_apart_and_counts_only_for_who_asks(real: Terminal, schools: Path) -> None:
    broken_concept(schools)
    checked = real.run("rules", "check").expect(0)
    before, _, after = checked.out.partition("In een concept, dat vandaag niet meetelt:")
    assert f"{NEXT}.yaml" not in before
    assert '"sort"' in after
    assert "0 fouten, 0 waarschuwingen" in after
    told = real.run("rules", "check", "--json").expect(0).json
    assert told["problems"] == []
    assert [one["where"].split(":")[0].endswith(f"{NEXT}.yaml") for one in told["concepts"]]
    assert real.run("rules", "check", "overleg").expect(0).out.count("concept") == 0
    assert '"sort"' in real.run("rules", "check", "verzoek", "--on", "2026-11-27").expect(3).out
    real.run("rules", "test").expect(0)


def test_a_concept_stays_out_of_the_publication_and_that_is_said(real: Terminal, schools: Path) -> None:
    broken_concept(schools)
    told = real.run("rules", "publish", "--as", "hoofd").expect(0).out
    assert "Concept, blijft buiten de publicatie" in told
    assert "regelset verzoek van voorbeeld, vanaf vrijdag 1 januari 2027" in told
    assert "Gepubliceerd, nummer 1." in told
    assert "niets te publiceren" in real.run("rules", "publish", "--as", "hoofd").expect(0).out
    found = real.run("doctor").out
    assert "✓ publicatie: nummer 1" in found


def test_each_version_says_where_it_stands_for_each_sector(real: Terminal, schools: Path) -> None:
    next_version(schools, consent=PARTLY)
    change(schools, RULES, CONSENTS, CONSENTS.replace("2025-12-01}\n  vo", "2025-12-01, until: 2027-07-31}\n  vo"))
    told = real.run("rules", "versions", "verzoek", "--on", "2026-11-27").expect(0).out
    assert told.splitlines() == [
        "verzoek, vanaf donderdag 1 januari 2026",
        "  Primair onderwijs: in werking, instemming tot en met zaterdag 31 juli 2027",
        "  Voortgezet onderwijs: in werking",
        "verzoek, vanaf vrijdag 1 januari 2027",
        "  Primair onderwijs: vastgesteld",
        "  Voortgezet onderwijs: voorgelegd ter instemming",
    ]
    on_its_day = real.run("rules", "versions", "verzoek", "--on", NEXT, "--json").expect(0).json["versions"]
    assert [[one["standing"] for one in version["sectors"]] for version in on_its_day] == [
        ["superseded", "in_force"],
        ["in_force", "to_opr"],
    ]


def test_a_sector_that_did_not_consent_opens_under_the_older_version_and_reads_why(
    tmp_path: Path, schools: Path
) -> None:
    """F-49, in words: at the terminal, in the history, and where no version has its consent."""
    next_version(schools, since="2026-06-01", consent="consent: {po: {given: 2026-05-01}, vo: {state: to_opr}}\n")
    start = ("--rehearsal", "--clock", "2026-09-01 09:00")
    Terminal(tmp_path).run("init", "oefenen", "--content", str(schools), *start).expect(0)
    here = Terminal(tmp_path / "oefenen")
    given = ("kind.nummer=1", "kind.naam=Sam", "kind.adres=Kade 1", "soort=kort", "sector=vo")
    ask = ("case", "open", "verzoek", "--as", "aanvrager", *(part for one in given for part in ("--set", one)))
    opened = here.run(*ask).expect(0)
    assert opened.err.count("Voor Voortgezet onderwijs geldt regelset") == 1
    assert "de zaak volgt de versie van 2026-01-01" in opened.err
    told = here.run("case", "history", "VRZ-2026-0001").expect(0).out
    assert "regels van 2026-01-01 (die van 2026-06-01 gelden voor deze sector niet)" in " ".join(told.split())
    change(schools, RULES, CONSENTS, "consent: {po: {given: 2025-12-01}, vo: {state: rejected}}\n")
    tried = here.run(*ask, "--reason", "nog een", "--confirm").expect(0)
    assert "Dit is een oefening: de zaak gaat toch open." in tried.err
    Terminal(tmp_path).run("init", "echt", "--content", str(schools)).expect(0)
    publish_folder(tmp_path / "echt")
    refused = Terminal(tmp_path / "echt").run(*ask).expect(1)
    assert "geen geldige instemming (voorgelegd ter instemming), en een oudere ook niet" in " ".join(
        refused.out.split()
    )


def test_who_may_publish_stands_in_what_is_published(real: Terminal, schools: Path) -> None:
    """Who has no mandate for it is refused in words, also when the folder now says that he has."""
    change(schools, ORGANISATION, "needs_consent: true", "needs_consent: true\npublished_by: [hoofd]")
    refused = real.run("rules", "publish", "--as", "balie").expect(1).out
    assert "Niet gepubliceerd: Balie mag niet publiceren." in refused
    assert "Dat kan Hoofd" in refused
    told = real.run("rules", "publish", "--as", "balie", "--json").expect(1).json["refused"]["blockers"]
    assert [(one["kind"], one["detail"], one["supplied_by"]) for one in told] == [("no_mandate", "balie", ["hoofd"])]
    real.run("rules", "publish", "--as", "balie", "--dry-run").expect(0)
    real.run("rules", "publish", "--as", "hoofd").expect(0)
    change(schools, ORGANISATION, "published_by: [hoofd]", "published_by: [hoofd, balie]")
    real.run("rules", "publish", "--as", "balie").expect(1)
    real.run("rules", "publish", "--as", "hoofd").expect(0)
    change(schools, ORGANISATION, "published_by: [hoofd, balie]", "published_by: [balie]")
    real.run("rules", "publish", "--as", "balie").expect(0)


@pytest.mark.parametrize(("through", "code"), [("2099-12-31", 0), ("2026-06-30", 1)])
def test_a_mandate_to_publish_counts_through_its_last_day(
    real: Terminal, schools: Path, through: str, code: int
) -> None:
    change(schools, ORGANISATION, "needs_consent: true", "needs_consent: true\npublished_by: [hoofd]")
    days = f"valid_from: 2026-01-01, valid_through: {through}"
    mandate = f"{{id: mag_publiceren, holder: balie, giver: hoofd, acts: [rules.publish], {days}}}"
    change(schools, ORGANISATION, "mandates:\n", f"mandates:\n  - {mandate}\n")
    assert "mandate_without" not in real.run("rules", "check").expect(0).out
    real.run("rules", "publish", "--as", "balie").expect(code)
