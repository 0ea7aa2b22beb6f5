"""Everything that reads can answer in JSON, with keys that programs may rely on."""

from __future__ import annotations

import pytest

from tests.cli.terminal import Terminal

CASE = "TUIN-2026-0001"
# A key that goes away or changes its name breaks somebody's script: add, do not rename.
KEYS = {
    "inbox": {"version", "total", "late", "today", "later", "cases", "letters"},
    f"case show {CASE}": {
        "id", "workflow", "state", "owner", "outcome", "is_closed", "version", "subject", "opened_at", "entered_at",
        "parent", "children", "clocks", "facts", "letters", "workflow_version", "rules_version",
    },
    f"case history {CASE}": {"at", "actor", "kind", "details"},
    f"case why {CASE}": {"case", "state", "possibilities", "fact", "value", "reason"},
    f"case why {CASE} toewijzen": {"case", "state", "possibilities", "fact", "value", "reason"},
    f"case why {CASE} toewijsbaar": {"case", "state", "possibilities", "fact", "value", "reason"},
    f"case why {CASE} lid.naam": {"case", "state", "possibilities", "fact", "value", "reason"},
    f"case letters {CASE}": {"letter", "status", "sent_on", "pdf_path", "case_id"},
    "letters list": {"letter", "status", "sent_on", "pdf_path", "case_id"},
    f"letters show {CASE}/T-01/lid/1": {"letter", "text"},
    f"term explain {CASE} beslistermijn": {"title", "basis", "last_day", "steps", "warnings", "moved"},
    f"term ledger {CASE} beslistermijn": {"title", "lines", "last_day", "steps", "warnings"},
    f"term correct {CASE} beslistermijn 1 --day 2026-09-06 --reason x --as voorzitter --dry-run": {"dry_run", "step"},
    "term schoolyear 2026-11-22 --years 1": {
        "day", "school_year", "fixed_days", "last_day", "last_school_year", "last_receipt_day", "warnings",
    },
    "term explain --from 2026-03-24 --length 8_weeks --days": {
        "title", "basis", "last_day", "steps", "warnings", "anchor", "days",
    },
    "rules check": {"problems", "proven", "assumptions", "counts"},
    "rules test": {"tests", "stories", "files", "mismatches"},
    "rules assumptions": {"what", "where"},
    "doctor": {"name", "is_sound", "text", "next_step"},
    f"case advance {CASE} borg_vragen --as tuincommissie --dry-run": {"dry_run", "step"},
    f"case advance {CASE} toewijzen --as lid": {"refused"},
    "due": {"now", "deadlines", "letters", "failed"},
    "letters send": {"sent", "failed"},
}  # fmt: skip


@pytest.mark.parametrize("words", KEYS)
def test_json_has_the_keys_that_programs_rely_on(words: str, with_case: Terminal) -> None:
    answer = with_case.run(*(word.replace("_weeks", " weeks") for word in words.split()), "--json").json
    found = answer[0] if isinstance(answer, list) else answer
    assert KEYS[words] <= found.keys()


def test_a_refusal_in_json_names_every_blocker(with_case: Terminal) -> None:
    answer = with_case.run("case", "advance", CASE, "toewijzen", "--as", "voorzitter", "--json").expect(1)
    blockers = answer.json["refused"]["blockers"]
    assert {blocker["kind"] for blocker in blockers} == {"condition", "missing_fact"}
    assert {blocker["subject"] for blocker in blockers} >= {"tuin.maat", "borg_betaald"}


def test_dates_and_moments_are_iso(with_case: Terminal) -> None:
    shown = with_case.run("case", "show", CASE, "--json").json
    assert shown["opened_at"] == "2026-09-07T07:00:00+00:00"
    assert shown["clocks"][0]["last_day"] == "2026-11-02"
