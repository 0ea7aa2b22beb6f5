"""What is typed with += is added to what a file says; it took its place, and three documents were gone."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

pytestmark = pytest.mark.long

OPEN = (
    'case open tlv --as aanvrager --set leerling.nummer=900000001 --set "leerling.naam=Sam Voorbeeld"'
    " --set sector=vo --set tlv.soort=vso"
)


def test_what_is_added_stands_beside_what_the_file_says(tmp_path: Path) -> None:
    trede = Terminal(tmp_path)
    trede.run("init", ".", "--organisation", "almere", "--rehearsal", "--clock", "2026-09-07 09:00").expect(0)
    trede.run(*shlex.split(OPEN)).expect(0)
    (tmp_path / "stukken.yaml").write_text("stukken: [aanvraagformulier, inspanningen]\n", encoding="utf-8")
    case = "TLV-2026-0001"
    act = f"case record {case} stukken+=tlo_verslag --from stukken.yaml --as aanvrager"
    trede.run(*shlex.split(act)).expect(0)
    facts = trede.run("case", "show", case, "--json").expect(0).json["facts"]
    assert facts["stukken"]["value"] == ["aanvraagformulier", "inspanningen", "tlo_verslag"]
