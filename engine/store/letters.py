"""Letters as rows: waiting -> claimed -> sent or failed.

A claim lasts as long as its lease. When a worker dies, the letter can be claimed again after that; what the first
attempt froze is kept, so a second hand-over has the same content. The number of the attempt guards the claim: a
worker that was too slow finds its claim taken over, and marks nothing.

A key is unique in one database only: after an older backup is put back the numbers of cases are given out again. So a
letter also gets an identity when it is ordered, at random, by which the outbox knows it from every other (F-80).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import bindparam, delete, select, text

from engine.core.deciding.outgoing import LetterChange, OutgoingLetter
from engine.core.language.facts import Value
from engine.store.claims import ClaimingReadings
from engine.store.codec import read_row, row_of, values_to_json
from engine.store.columns import Moment, Statement
from engine.store.complaints import doubled_key, leaving_letter
from engine.store.link import Link
from engine.store.quick import in_lists
from engine.store.readings import Readings
from engine.store.records import ClaimedLetter, FrozenLetter
from engine.store.snapshot import Row, maybe_moment, to_json
from engine.store.tables import letters, template_texts

CaseKey = dict[str, Any]
"""Organisation and number of a case: what its rows are found by."""

LEASE = timedelta(minutes=10)
"""How long a worker may take over the letters it claimed."""

# A letter that did not leave is dated, and its last days counted, when it does: not at the first try.
_THAWED: Mapping[str, None] = {"frozen_fields": None, "frozen_on": None, "frozen_hash": None}

# Statuses are written out: only then does the database use the index on outgoing letters.
_CAN_GO = """status IN ('waiting', 'claimed') AND (claimed_until IS NULL OR claimed_until <= :now)
    AND (not_before IS NULL OR not_before <= :now)"""
_OLDEST = Statement(
    select(letters)
    .where(letters.c.organisation == bindparam("organisation"))
    .where(text(_CAN_GO).bindparams(bindparam("now", type_=Moment)))
    .order_by(letters.c.ordered_at, letters.c.case_id, letters.c.key)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_TAKE_OUT = Statement(
    delete(letters).where(
        letters.c.organisation == bindparam("organisation"),
        letters.c.case_id == bindparam("case_id"),
        letters.c.key == bindparam("key"),
        text("status IN ('waiting', 'failed', 'held')"),
        letters.c.frozen_hash.is_(None),
    )
)


def order_letters(link: Link, this: CaseKey, at: datetime, ordered: Sequence[OutgoingLetter]) -> None:
    """Write the letters of a step, to be sent once each."""

    def refuse() -> None:
        raise doubled_key(this["case_id"], [letter.key for letter in ordered])

    link.add_all_new(letters, [_row(this, at, letter) for letter in ordered], refuse)


def change_letters(link: Link, this: CaseKey, at: datetime, changes: Sequence[LetterChange]) -> None:
    """Write what became of letters that had not left. Raises OvertakenError when one leaves, or left, meanwhile."""
    for one in changes:
        becomes = {"status": one.status, "error": "", "not_before": None, **_as_changed(one, at)}
        if link.change(letters, (becomes, this | {"key": one.key, "status": one.was, "frozen_hash": None})) != 1:
            raise leaving_letter(this["case_id"])


def _as_changed(change: LetterChange, at: datetime) -> dict[str, Any]:
    letter = change.letter
    if letter is None:
        return {}
    if change.sent_on is not None:
        # There is no print of what went another way; what it said is kept all the same.
        said = {"frozen_fields": values_to_json(letter.fields), "frozen_on": change.sent_on, "frozen_hash": ""}
        return {**said, "sent_on": change.sent_on, "sent_at": at}
    row = row_of(letter)
    del row["key"], row["organisation"]
    return row


def letters_can_go(readings: Readings, now: datetime) -> bool:
    """Whether a letter waits that may be tried now, or whose worker did not come back in time."""
    asked = f"SELECT EXISTS (SELECT 1 FROM letters WHERE {_CAN_GO}) AS found"
    return bool(readings.rows(asked, now=now)[0]["found"])


def letters_claimed(readings: Readings, now: datetime) -> tuple[int, datetime | None]:
    """How many letters are taken by a worker whose lease runs, and when the last lease ends."""
    asked = """SELECT count(*) AS many, max(claimed_until) AS until FROM letters
               WHERE organisation = :organisation AND status = 'claimed' AND claimed_until > :now"""
    (row,) = readings.rows(asked, now=now)
    return row["many"], maybe_moment(row["until"])


class LetterWriting(ClaimingReadings):
    """What a worker does with letters. Whatever it marks is refused, with False, when its claim was lost."""

    def claim_letters(self, now: datetime, limit: int, *, lease: timedelta = LEASE) -> tuple[ClaimedLetter, ...]:
        """Take the oldest letters that wait, or whose worker did not come back before its lease was over."""
        found = self._link.answer(_OLDEST, {"organisation": self.organisation, "now": now, "limit": limit})
        claimed = {"status": "claimed", "claimed_at": now, "claimed_until": now + lease}
        self._link.send_changes(
            letters,
            *((claimed | {"attempts": row["attempts"] + 1}, self._this(row["case_id"], row["key"])) for row in found),
        )
        return tuple(read_row(ClaimedLetter, {**row, "attempt": row["attempts"] + 1}) for row in found)

    def freeze_letter(self, claimed: ClaimedLetter, frozen: FrozenLetter, letter: OutgoingLetter) -> bool:
        """Fix what the letter says and to whom it goes, before it is handed over."""
        fields = values_to_json(frozen.fields)
        return self._mark(
            claimed,
            frozen_fields=fields,
            frozen_on=frozen.sent_on,
            frozen_hash=frozen.hash,
            addressee_name=letter.addressee_name,
            addressee_address=letter.addressee_address,
        )

    def mark_letter_sent(
        self, claimed: ClaimedLetter, *, sent_on: date, sent_at: datetime, html_path: str = "", pdf_path: str = ""
    ) -> bool:
        """The letter was handed over on this local day. When the claim was lost, write nothing else."""
        places = {"html_path": html_path, "pdf_path": pdf_path}
        return self._mark(claimed, "sent", error="", sent_on=sent_on, sent_at=sent_at, **places)

    def retry_letter(self, claimed: ClaimedLetter, error: str, not_before: datetime, *, thaws: bool = True) -> bool:
        """It did not work out; another attempt may be made from `not_before`. What `thaws` is then made anew."""
        return self._mark(claimed, "waiting", error=error, not_before=not_before, **(_THAWED if thaws else {}))

    def fail_letter(self, claimed: ClaimedLetter, error: str, *, thaws: bool = True) -> bool:
        """It will not work out by itself; a person must look."""
        return self._mark(claimed, "failed", error=error, **(_THAWED if thaws else {}))

    def put_back_letter(self, case_id: str, key: str) -> bool:
        """A person wants another attempt at a failed letter. False when it had not failed."""
        put_back = {"status": "waiting", "error": "", "not_before": None}
        failed = self._this(case_id, key) | {"status": "failed"}
        return self._link.change(letters, (put_back, failed)) == 1

    def withdraw_letters(self, case_id: str, keys: Sequence[str]) -> bool:
        """Take letters out of what is to be sent; what never left is no letter, and the journal keeps the order.

        False when one of them is being sent, or was: then nothing may be kept of this transaction.
        """
        these = tuple(self._this(case_id, key) for key in keys)
        gone = self._link.run(_TAKE_OUT, *these) if these else 0
        return gone == len(keys)

    def keep_templates(self, digests: Sequence[str], written_out: Callable[[str], Mapping[str, object]]) -> None:
        """Keep the templates with these digests that are not kept; only those are `written_out`, as plain JSON."""

        def keep_others(asked: Collection[str], found: Sequence[Row]) -> None:
            kept = {row["digest"] for row in found}
            for digest in (one for one in asked if one not in kept):
                self.keep_template(digest, written_out(digest))

        for names, asked in in_lists(digests):
            sql = f"SELECT digest FROM template_texts WHERE digest IN ({names})"
            self._link.ask_later(sql, asked, partial(keep_others, asked.values()))

    def keep_template(self, digest: str, template: Mapping[str, object]) -> None:
        """Keep the text of a template (plain JSON) under its digest; what is kept is never replaced."""
        self._link.add(template_texts, [{"digest": digest, "text": to_json(template)}], unless_there=True)

    def _mark(self, claimed: ClaimedLetter, status: str = "", **values: Value | None) -> bool:
        """Change the row, if it is still claimed for this attempt; with another status the claim is over."""
        changed: dict[str, Any] = {**values, "status": status, "claimed_until": None} if status else {**values}
        this = self._this(claimed.case_id, claimed.letter.key)
        return self._link.change(letters, (changed, this | {"status": "claimed", "attempts": claimed.attempt})) == 1

    def _key_of(self, case_id: str) -> CaseKey:
        return {"organisation": self.organisation, "case_id": case_id}

    def _this(self, case_id: str, key: str) -> dict[str, Any]:
        return self._key_of(case_id) | {"key": key}


def _row(this: CaseKey, at: datetime, letter: OutgoingLetter) -> dict[str, Any]:
    new = {"status": "waiting", "ordered_at": at, "attempts": 0, "error": "", "html_path": "", "pdf_path": ""}
    # Of the organisation of the case: the letter itself may be a template that it inherits.
    return row_of(letter) | new | this | {"identity": os.urandom(8).hex()}
