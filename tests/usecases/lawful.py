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
    text = f"organisation: land\ntitle: Het land\nis_law: true\nbodies: {{}}\n{own[own.index('letterhead:') :]}"
    (folder / "organisation.yaml").write_text(text, encoding="utf-8")
    change(
        own_world, "rules/tuindorp/organisation.yaml", "region: noord\nneeds", "inherits: [land]\nregion: noord\nneeds"
    )
    law(own_world, "2026-01-01", "8 weeks")
    return own_world


WAY = "rules/wijze/tuin/{}.yaml"
_HEAD = """rule_set: tuin
title: Een tuin op het complex
valid_from: 2026-01-01
consent:
  noord: {given: 2025-12-01, until: 2026-12-31}
  zuid: {given: 2026-03-01}
"""


def agreed(ruled: Path) -> Path:
    """The garden under the law, with rules that several gardens agreed on between the two; of its own only consent."""
    folder, own = ruled / "rules/wijze", ruled / OWN
    folder.joinpath("tuin").mkdir(parents=True)
    head = ruled.joinpath("rules/land/organisation.yaml").read_text("utf-8")
    head = head.replace("organisation: land\n", "organisation: wijze\ninherits: [land]\n").replace("true", "false", 1)
    folder.joinpath("organisation.yaml").write_text(head, encoding="utf-8")
    rules = own.read_text("utf-8")
    consent = rules[rules.index("consent:") : rules.index("facts:")]
    rules = rules.replace(consent, "").replace(
        "    basis: Tuinwet art. 9\n", "    basis: Tuinwet art. 9\n    protects: both\n"
    )
    folder.joinpath("tuin/2026-01-01.yaml").write_text(rules, encoding="utf-8")
    own.write_text(_HEAD, encoding="utf-8")
    change(ruled, "rules/tuindorp/organisation.yaml", "inherits: [land]", "inherits: [wijze]")
    return ruled


def agree_anew(world: Path, since: str, *changes: tuple[str, str]) -> None:
    """They agree on something else from this day on."""
    text = world.joinpath(WAY.format("2026-01-01")).read_text("utf-8")
    path = WAY.format(since)
    world.joinpath(path).write_text(text.replace("valid_from: 2026-01-01", f"valid_from: {since}"), encoding="utf-8")
    for old, new in changes:
        change(world, path, old, new)
