"""F-35: news about cases of others, and the inbox of one of many, as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import make_world
from tests.cli.terminal import Terminal
from tests.usecases.workplace import change


@pytest.fixture
def late(tmp_path: Path) -> Terminal:
    """Two requests on which nobody decided in time; the chair was told."""
    world, organisation = make_world(tmp_path / "inhoud"), "rules/volkstuin/organisation.yaml"
    change(world, organisation, "region: noord", "region: noord\ninbox: {ahead: 1 weeks, read_within: 2 weeks}")
    named = "{label: Tuincommissie, named_by: [tuin.soort]}"
    change(world, organisation, "tuincommissie: {label: Tuincommissie}", f"tuincommissie: {named}")
    made = ("init", "wp", "--content", str(world), "--rehearsal", "--clock", "2026-09-07 09:00")
    Terminal(tmp_path).run(*made).expect(0)
    terminal = Terminal(tmp_path / "wp")
    for number, sort in (("17", "moes"), ("18", "sier")):
        given = (f"lid.nummer={number}", f"lid.naam=Jo {number}", f"tuin.soort={sort}")
        terminal.run("case", "open", "tuin", "--as", "lid", *(w for one in given for w in ("--set", one))).expect(0)
    terminal.run("due", "--now", "2026-11-09 09:00").expect(0)
    return terminal


def test_who_reads_an_inbox_says_it_as_who_acts(late: Terminal) -> None:
    """Why: every other command asks --as, and so that is what is typed here."""
    assert late.run("inbox", "--as", "voorzitter").expect(0).out == late.run("inbox", "--owner", "voorzitter").out


def test_a_body_that_is_mistyped_has_no_empty_inbox(late: Terminal) -> None:
    """Why: that nothing lies there and that nobody is called so look the same, and then a child waits."""
    for typed in (("inbox", "--owner"), ("inbox", "--as"), ("inbox", "news", "1", "--owner")):
        assert "Bedoelde u 'voorzitter'?" in late.run(*typed, "voorziter").expect(2).err


def test_news_is_one_line_that_can_be_opened_and_read(late: Terminal) -> None:
    told = late.run("inbox", "--owner", "voorzitter").expect(0)
    assert "Er ligt niets dan nieuws." in told.out
    (line,) = (one for one in told.out.splitlines() if one.startswith("2 zaken"))
    number = line.split("(bericht ")[1].split()[0]
    listed = late.run("inbox", "news", number, "--owner", "voorzitter").expect(0)
    assert "TUIN-2026-0001" in listed.out
    assert "TUIN-2026-0002" in listed.out
    assert "Nieuws over 2 zaken zou gelezen zijn" in late.run(
        "inbox", "read", number, "--as", "voorzitter", "--dry-run"
    ).out  # fmt: skip
    assert "Nieuws over 2 zaken is gelezen" in late.run("inbox", "read", number, "--as", "voorzitter").expect(0).out
    assert "Er ligt niets." in late.run("inbox", "--owner", "voorzitter").expect(0).out
    assert f"geen nieuws met nummer {number}" in late.run("inbox", "read", number, "--as", "voorzitter").expect(2).err


def test_of_many_committees_each_sees_its_own(late: Terminal) -> None:
    one = late.run("inbox", "--owner", "tuincommissie", "--of", "moes").expect(0)
    assert one.out.startswith("1 zaak; 1 te laat")
    assert "TUIN-2026-0001" in one.out
    assert "TUIN-2026-0002" not in one.out
    refused = late.run("inbox", "--owner", "voorzitter", "--of", "moes").expect(2)
    assert "tuincommissie" in refused.err
