"""Letters as rows: waiting -> claimed -> sent or failed.

A claim lasts as long as its lease. When a worker dies, the letter can be claimed again after that; what the first
attempt froze is kept, so a second hand-over has the same content. The number of the attempt guards the claim: a
worker that was too slow finds its claim taken over, and marks nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from engine.core.deciding.step import OutgoingLetter
from engine.core.language.facts import Value
from engine.store.codec import read_row, row_of
from engine.store.complaints import doubled_key
from engine.store.inbox import in_lists
from engine.store.link import Link, change
from engine.store.readings import Readings
from engine.store.records import ClaimedLetter, FrozenLetter
from engine.store.snapshot import to_json, values_to_json

LEASE = timedelta(minutes=10)
"""How long a worker may take over the letters it claimed."""

# Statuses are written out: only then does the database use the index on outgoing letters.
_THAT_CAN_GO = """letters l WHERE l.status IN ('waiting', 'claimed')
      AND (l.claimed_until IS NULL OR l.claimed_until <= :now) AND (l.not_before IS NULL OR l.not_before <= :now)"""
_OLDEST = f"SELECT l.* FROM {_THAT_CAN_GO} ORDER BY l.ordered_at, l.case_id, l.key LIMIT :limit"
_IS_THIS = "case_id = :case_id AND key = :key"
_IS_CLAIM = f"{_IS_THIS} AND status = 'claimed' AND attempts = :attempt"
_CLAIM = f"""
    UPDATE letters SET status = 'claimed', claimed_at = :claimed_at, claimed_until = :claimed_until,
      attempts = :attempt WHERE {_IS_THIS}
"""
_TAKE_OUT = "DELETE FROM letters WHERE case_id = :case_id AND status IN ('waiting', 'failed') AND frozen_hash IS NULL"
_PUT_BACK = f"""
    UPDATE letters SET status = 'waiting', error = '', not_before = NULL WHERE {_IS_THIS} AND status = 'failed'
"""


def order_letters(link: Link, case_id: str, at: datetime, ordered: Sequence[OutgoingLetter]) -> None:
    """Write the letters of a step, to be sent once each."""
    try:
        link.add("letters", [_row(case_id, at, letter) for letter in ordered])
        link.wait()
    except link.doubled as error:
        raise doubled_key(case_id, [letter.key for letter in ordered]) from error


def letters_can_go(readings: Readings, now: datetime) -> bool:
    """Whether a letter waits that may be tried now, or whose worker did not come back in time."""
    return bool(readings.rows(f"SELECT EXISTS (SELECT 1 FROM {_THAT_CAN_GO}) AS found", now=now)[0]["found"])


class LetterWriting(Readings):
    """What a worker does with letters. Whatever it marks is refused, with False, when its claim was lost."""

    def claim_letters(self, now: datetime, limit: int, *, lease: timedelta = LEASE) -> tuple[ClaimedLetter, ...]:
        """Take the oldest letters that wait, or whose worker did not come back before its lease was over."""
        found = self.rows(_OLDEST + self._link.claiming("l"), now=now, limit=limit)
        if found:
            until = {"claimed_at": now, "claimed_until": now + lease}
            self._link.run(_CLAIM, *(_this(row["case_id"], row["key"], row["attempts"] + 1) | until for row in found))
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

    def retry_letter(self, claimed: ClaimedLetter, error: str, not_before: datetime) -> bool:
        """It did not work out; another attempt may be made from `not_before`."""
        return self._mark(claimed, "waiting", error=error, not_before=not_before)

    def fail_letter(self, claimed: ClaimedLetter, error: str) -> bool:
        """It will not work out by itself; a person must look."""
        return self._mark(claimed, "failed", error=error)

    def put_back_letter(self, case_id: str, key: str) -> bool:
        """A person wants another attempt at a failed letter. False when it had not failed."""
        return self._link.run(_PUT_BACK, {"case_id": case_id, "key": key}) == 1

    def withdraw_letters(self, case_id: str, keys: Sequence[str]) -> bool:
        """Take letters out of what is to be sent; what never left is no letter, and the journal keeps the order.

        False when one of them is being sent, or was: then nothing may be kept of this transaction.
        """
        lists = in_lists(tuple(keys))
        gone = sum(
            self._link.run(f"{_TAKE_OUT} AND key IN ({names})", asked | {"case_id": case_id}) for names, asked in lists
        )
        return gone == len(keys)

    def has_template(self, digest: str) -> bool:
        """Whether the text of a template is kept under this digest."""
        return bool(self.rows("SELECT 1 AS kept FROM template_texts WHERE digest = :digest", digest=digest))

    def keep_template(self, digest: str, template: Mapping[str, object]) -> None:
        """Keep the text of a template (plain JSON) under its digest; what is kept is never replaced."""
        self._link.add("template_texts", [{"digest": digest, "text": to_json(template)}], unless_there=True)

    def _mark(self, claimed: ClaimedLetter, status: str = "", **values: Value) -> bool:
        """Change the row, if it is still claimed for this attempt; with another status the claim is over."""
        changed: dict[str, Any] = {**values, "status": status, "claimed_until": None} if status else {**values}
        this = _this(claimed.case_id, claimed.letter.key, claimed.attempt)
        return self._link.run(change("letters", tuple(changed), _IS_CLAIM), changed | this) == 1


def _this(case_id: str, key: str, attempt: int) -> dict[str, Any]:
    return {"case_id": case_id, "key": key, "attempt": attempt}


def _row(case_id: str, at: datetime, letter: OutgoingLetter) -> dict[str, Any]:
    new = {"status": "waiting", "ordered_at": at, "attempts": 0, "error": "", "html_path": "", "pdf_path": ""}
    return row_of(letter) | new | {"case_id": case_id}
