"""The garden under a law of its own layer."""

from __future__ import annotations

from pathlib import Path

from tests.usecases.workplace import change

LAW = """rule_set: tuin
title: De Tuinwet
valid_from: {since}
facts:
  nieuwe_dag: {{type: date, label: Nieuwe laatste dag, question: Wanneer wel?, supplied_by: [beheerder]}}
terms:
  beslissen:
    label: Termijn om te beslissen
    kind: statutory
    protects: body
    length: {length}{more}
    basis: Tuinwet art. 4
    termijnenwet: true
    starts_in: [aangevraagd]
    suspended_in: [wacht]
    stops_in: [toegewezen, in_gebruik]
    ground: Tuinwet art. 5
    extend: {{by: verlengen, length: 2 weeks, times: 1}}
    defer: {{by: uitstellen, until: {{fact: nieuwe_dag}}, times: 1}}
"""
OWN = "rules/tuindorp/tuin/2026-01-01.yaml"


def law(world: Path, since: str, length: str, more: str = "") -> None:
    """The national layer says so from this day on."""
    path = world / f"rules/land/tuin/{since}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    extra = f"\n    {more}" if more else ""
    path.write_text(LAW.format(since=since, length=length, more=extra), encoding="utf-8")


def under_law(own_world: Path) -> Path:
    """The garden under a law of eight weeks, of which the garden itself makes six."""
    folder = own_world / "rules/land"
    folder.mkdir(parents=True)
    own = own_world.joinpath("rules/tuindorp/organisation.yaml").read_text("utf-8")
    text = f"organisation: land\ntitle: Het land\nbodies: {{}}\n{own[own.index('letterhead:') :]}"
    (folder / "organisation.yaml").write_text(text, encoding="utf-8")
    change(
        own_world, "rules/tuindorp/organisation.yaml", "region: noord\nneeds", "inherits: [land]\nregion: noord\nneeds"
    )
    law(own_world, "2026-01-01", "8 weeks")
    return own_world
