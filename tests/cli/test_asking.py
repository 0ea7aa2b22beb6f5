"""A form of what is missing is filled in and read back; what waits is said in one sentence, with its date."""

from __future__ import annotations

import pytest

from tests.cli.terminal import Terminal

CASE = "TUIN-2026-0001"


@pytest.fixture
def with_case(trede: Terminal) -> Terminal:
    """A member has asked for a garden."""
    trede.run("case", "open", "tuin", "--as", "lid", "--set", "lid.nummer=17", "--set", "lid.naam=Jo Voorbeeld",
              "--set", "tuin.soort=moes").expect(0)  # fmt: skip
    return trede


def test_a_form_of_what_somebody_can_say_is_filled_in_and_read_back(with_case: Terminal) -> None:
    form = with_case.run("case", "ask", CASE, "--of", "lid").expect(0).out
    assert "# Hoe groot moet de tuin zijn? (een getal)" in form
    assert f"trede case record {CASE} --from formulier.yaml --as lid" in form
    assert "borg_betaald" not in form, "that is not hers to say"
    path = with_case.folder / "formulier.yaml"
    path.write_text(form.replace("tuin.maat:", "tuin.maat: 90"), encoding="utf-8")
    with_case.run("case", "record", CASE, "--from", str(path), "--as", "lid").expect(0)
    assert with_case.run("case", "show", CASE, "--json").json["facts"]["tuin.maat"]["value"] == 90
    assert "tuin.maat:" not in with_case.run("case", "ask", CASE, "--of", "lid").out


def test_what_stays_empty_in_a_form_is_not_said(with_case: Terminal) -> None:
    form = with_case.run("case", "ask", CASE).expect(0).out
    assert [line for line in form.splitlines() if not line.startswith("#") and line] == [
        "tuin.maat:", "borg_betaald:", "reden_afwijzing:",
    ]  # fmt: skip
    path = with_case.folder / "formulier.yaml"
    path.write_text(form, encoding="utf-8")
    with_case.run("case", "record", CASE, "--from", str(path), "--as", "lid").expect(2)
    assert "tuin.maat" not in with_case.run("case", "show", CASE, "--json").json["facts"]


def test_the_form_of_an_act_says_how_it_is_read_back_with_that_act(with_case: Terminal) -> None:
    form = with_case.run("case", "ask", CASE, "--for", "afwijzen", "--of", "voorzitter").expect(0).out
    assert f"trede case advance {CASE} afwijzen --from formulier.yaml --as voorzitter" in form
    assert "reden_afwijzing:" in form
    assert "tuin.maat" not in form
    asked = with_case.run("case", "ask", CASE, "--for", "toewijzen", "--json").json["facts"]
    assert [(one["fact"], one["needed_for"]) for one in asked] == [
        ("tuin.maat", ["toewijzen"]),
        ("borg_betaald", ["toewijzen"]),
    ]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--of", "niemand"], "bestaat niet"),
        (["--for", "lid.naam"], "geen handeling"),
        (["--for", "x"], "geen overgang"),
    ],
    ids=["body", "fact", "act"],
)
def test_a_form_for_what_is_not_there_is_refused_with_what_is(with_case: Terminal, words: list[str], says: str) -> None:
    answer = with_case.run("case", "ask", CASE, *words).expect(2)
    assert says in answer.err


def test_why_opens_with_whom_it_waits_for_since_when_and_by_when(with_case: Terminal) -> None:
    first = with_case.run("case", "why", CASE).expect(0).out.splitlines()[0]
    assert first == (
        f"{CASE} staat sinds maandag 7 september 2026 in 'Aangevraagd' (aangevraagd) en wacht op Tuincommissie:"
        " 'De borg vragen' kan nu; uiterlijk maandag 2 november 2026, voor 'Beslistermijn'."
    )
    with_case.run("due", "--now", "2026-11-09 09:00").expect(0)
    first = with_case.run("case", "why", CASE).expect(0).out.splitlines()[0]
    assert first.endswith("; 7 dagen TE LAAT met 'Beslistermijn' (laatste dag was maandag 2 november 2026).")
    assert "wacht op Lid: voor 'De tuin toewijzen' ontbreekt: " in first


def test_whatever_is_known_of_a_case_finds_it(with_case: Terminal) -> None:
    """The number, the state, the procedure, who is at move: capitals and accents mean nothing."""
    for words in ([CASE], ["tuin-2026"], ["AANGEVRAAGD"], ["tuincommissie"], ["aanvraag", "tuin", "17"]):
        found = with_case.run("find", *words, "--json").expect(0).json
        assert [one["case_id"] for one in found["cases"]] == [CASE], words
    assert f"{CASE}  Aanvraag van een tuin: 'Aangevraagd' (open sinds" in with_case.run("find", "aangevraagd").out
    assert with_case.run("find", "aangevraagd", "2027", "--json").json["cases"] == []
    assert "Niets gevonden" in with_case.run("find", "%").expect(0).out
    assert "Er is niets om te zoeken" in with_case.run("find", " ").expect(2).err


def test_everything_that_can_be_typed_is_listed_with_its_words(with_case: Terminal) -> None:
    lists = {
        "procedures": "tuin — Aanvraag van een tuin",
        "states": "aangevraagd — Aangevraagd (aan zet: Tuincommissie)",
        "acts": "toewijzen — De tuin toewijzen (vanuit aangevraagd)",
        "facts": "tuin.maat — Maat in vierkante meter (number; van lid)",
        "roles": "voorzitter — Voorzitter",
        "letters": "T-01 — Wij hebben uw aanvraag (B1)",
        "terms": "beslistermijn — Beslistermijn (Awb 4:13)",
    }
    for kind, line in lists.items():
        assert line in with_case.run("list", kind).expect(0).out, kind
    (first, *_) = with_case.run("list", "roles", "--json").expect(0).json["roles"]
    assert set(first) == {"name", "label", "remark"}
    with_case.run("list", "facts", "tuin").expect(0)
    refused = with_case.run("list", "facts", "hek").expect(2)
    assert "De procedure 'hek' bestaat niet." in refused.err
    assert "tuin" in refused.err


def test_a_sweep_says_what_it_did_in_which_case(with_case: Terminal) -> None:
    told = with_case.run("due", "--now", "2026-11-09 09:00").expect(0).out.splitlines()
    assert told[0].startswith("maandag 9 november 2026 om 09.00 uur: 2 termijnen afgehandeld")
    assert f"  {CASE}  herinnering bij 'Beslistermijn'" in told
    assert f"  {CASE}  bericht aan Voorzitter: termijn verstreken: Beslistermijn" in told
    assert any("brief T-01 verstuurd aan lid" in line for line in told)
    assert with_case.run("due").expect(0).out.splitlines()[1:] == []
