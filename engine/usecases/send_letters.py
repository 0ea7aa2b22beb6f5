"""Send the letters that wait: claim, freeze, render, hand over, mark; each once, whatever dies on the way.

A letter is dated on the day it is first tried. That day and every last day on it are frozen before it is handed
over, so a second attempt prints the same letter.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from engine.core.deciding.falling_due import HandedOver, confirm_sent
from engine.core.errors import LetterError, OvertakenError
from engine.core.moment import local_day
from engine.letters.handover import HandoverProof, Parcel
from engine.line.case_line import open_line
from engine.line.fence import Fence, Swept, words_of
from engine.line.plan import template_of
from engine.runtime import Runtime
from engine.store.records import ClaimedLetter, FrozenLetter
from engine.usecases.show_letter import find_letter, letter_on

BATCH = 50
MOST_ATTEMPTS = 3
_TRIES = 3
PAUSE = timedelta(minutes=15)


def send_letters(runtime: Runtime, *, on_sent: Callable[[str], None] | None = None) -> Swept:
    """Hand over every letter that waits. A letter that cannot be made does not hold up the others."""
    sent, fence = 0, Fence("brieven")
    while True:
        moment = runtime.now()
        with runtime.store.transaction() as tx:
            claimed = tx.claim_letters(moment, BATCH)
        if not claimed:
            break
        for item in claimed:
            with fence.around(item.case_id, item.letter.key):
                _send_one(runtime, item, moment)
                sent += 1
                if on_sent:
                    on_sent(item.letter.key)
    fence.remember(runtime)
    return Swept(done=sent, failed=fence.failed)


def _send_one(runtime: Runtime, claimed: ClaimedLetter, moment: datetime) -> None:
    """Hand over one letter; when it does not work out it is set aside, and the reason raised."""
    try:
        made = _make(runtime, claimed, moment)
        if made is None:
            return None  # another worker took the claim over, and sends it
        receipt = runtime.outbox.hand_over(made)
        for tries_left in reversed(range(_TRIES)):
            try:
                return _confirm(runtime, claimed, receipt, moment)
            except OvertakenError:
                if not tries_left:
                    raise
    except Exception as error:
        # A letter that was handed over but not confirmed comes here too: handing it over again is harmless.
        _set_aside(runtime, claimed, words_of(error), moment)
        raise


def _make(runtime: Runtime, claimed: ClaimedLetter, moment: datetime) -> Parcel | None:
    """The letter as an earlier attempt froze it, else dated and frozen now; None when the claim was lost."""
    ordered, frozen = claimed.letter, claimed.frozen
    sent_on = frozen.sent_on if frozen else local_day(moment)
    with runtime.reading() as readings:
        case = readings.load_case(claimed.case_id)
        template = template_of(readings, ordered.template_digest)
    content = runtime.content_of(case, sent_on)
    letter = letter_on(sent_on, content, ordered, frozen)
    rendered = runtime.draw(letter, template, content.organisation, sent_on=sent_on, case_id=case.id)
    if frozen is None:
        frozen = FrozenLetter(fields=letter.fields, sent_on=sent_on, hash=rendered.text_hash)
        with runtime.store.transaction() as tx:
            if not tx.freeze_letter(claimed, frozen):
                return None
    return Parcel(
        key=letter.key,
        case_id=case.id,
        letter=letter.letter,
        addressee=letter.addressee,
        sent_on=sent_on,
        rendered=rendered,
    )


def _confirm(runtime: Runtime, claimed: ClaimedLetter, receipt: HandoverProof, moment: datetime) -> None:
    html, pdf = receipt.places
    command = HandedOver(letter_key=claimed.letter.key, sent_on=receipt.sent_on)
    with open_line(runtime) as line:
        line.add(confirm_sent(line.about(claimed.case_id), command))
        with line.work.writing() as tx:
            if tx.mark_letter_sent(claimed, sent_on=receipt.sent_on, sent_at=moment, html_path=html, pdf_path=pdf):
                line.write()
            # else another worker took the claim over, and confirms


def _set_aside(runtime: Runtime, claimed: ClaimedLetter, error: str, moment: datetime) -> None:
    with runtime.store.transaction() as tx:
        if claimed.attempt >= MOST_ATTEMPTS:
            tx.fail_letter(claimed, error)
        else:
            tx.retry_letter(claimed, error, moment + PAUSE)


def put_back_letter(runtime: Runtime, key: str) -> None:
    """Give a failed letter another chance. Raises LetterError when it is not there or has not failed."""
    with runtime.store.transaction() as tx:
        row = find_letter(tx, key)
        if not tx.put_back_letter(row.case_id, key):
            raise LetterError(f"De brief '{key}' is niet mislukt.", next_step="Kijk met `trede letters list`.")
