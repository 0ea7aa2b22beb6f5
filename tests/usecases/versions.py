"""Requests of two sectors, of which versions follow on each other with consents of their own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from engine.core.deciding.case import Actor
from engine.core.language.facts import Value
from engine.line.publishing import changes_of, freeze
from engine.usecases.init_workplace import init_workplace
from tests.proofs.samples import GOOD
from tests.real_content import REAL
from tests.usecases.workplace import Office, change

RULES = "rules/voorbeeld/verzoek/2026-01-01.yaml"
FLOW = "workflows/voorbeeld/verzoek/2026-01-01.yaml"
LETTER = "templates/letters/voorbeeld/V-02/2026-01-01.md"
ORGANISATION = "rules/voorbeeld/organisation.yaml"
NEXT = "2027-01-01"
CONSENTS = "consent:\n  po: {given: 2025-12-01}\n  vo: {given: 2025-12-01}\n"
WAITING = "consent: {po: {state: to_opr}, vo: {state: concept}}\n"
GIVEN = "consent: {po: {given: 2026-10-01}, vo: {given: 2026-10-01}}\n"
PARTLY = "consent: {po: {state: adopted, given: 2026-10-01}, vo: {state: to_opr}}\n"
ASKED: Mapping[str, Value] = {
    "kind.nummer": "1", "kind.naam": "Sam Voorbeeld", "kind.adres": "Kade 1 te Dorp", "soort": "kort",
}  # fmt: skip
CLERK = Actor(role="aanvrager", name="A. Visser")


def make_two_sectors(folder: Path) -> Path:
    """Content without a mistake for two sectors, both of which consented to it."""
    shutil.copytree(GOOD, folder)
    look, letters = REAL / "templates/letters/landelijk", folder / "templates/letters/voorbeeld"
    no_words = shutil.ignore_patterns("partials", "language.yaml", "L-*")
    shutil.copytree(look, letters, dirs_exist_ok=True, ignore=no_words)  # a letterhead: its letters can be made
    po = "po: {label: Primair onderwijs, consent_of: raad}"
    change(folder, ORGANISATION, po, f"{po}\n  vo: {{label: Voortgezet onderwijs, consent_of: raad}}")
    change(folder, ORGANISATION, "choices: {po: Primair onderwijs}", "choices: {po: Basis, vo: Voortgezet}")
    for rules in (RULES, RULES.replace("verzoek", "overleg")):
        change(folder, rules, "consent:\n  po: {given: 2025-12-01}\n", CONSENTS)
    return folder


def next_version(world: Path, path: str = RULES, *, since: str = NEXT, consent: str = WAITING) -> Path:
    """A version of a file that begins on this day, and says so of the consents."""
    text = world.joinpath(path).read_text("utf-8").replace("valid_from: 2026-01-01", f"valid_from: {since}", 1)
    later = world / path.replace("2026-01-01", since)
    later.write_text(text.replace(CONSENTS, consent), encoding="utf-8")
    return later


def in_earnest(folder: Path, world: Path) -> Office:
    """A workplace in earnest, in which the content is published without its checks."""
    init_workplace(folder, organisation="voorbeeld", content=world)
    office = Office(folder)
    freeze(office.runtime, changes_of(office.runtime), CLERK)
    return office


def ask(office: Office, sector: str, number: str = "1") -> str:
    """Somebody of this sector asks; the number of the case."""
    return office.open("verzoek", {**ASKED, "kind.nummer": number, "sector": sector}, CLERK)
