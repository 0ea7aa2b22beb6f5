"""Send the letters that wait: claim, draw, freeze, hand over, confirm; each once, whatever dies on the way.

A letter is dated on the day it leaves. That day and every last day on it are frozen before it is handed over, so that
who dies in between prints the same letter; when handing over fails it thaws, and is dated anew. Claiming, freezing and
confirming are one short transaction each for a whole batch; drawing and handing over, which take the time, hold up
nobody who wants to write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from engine.core.deciding.case import ENGINE
from engine.core.deciding.falling_due import HandedOver, confirm_sent
from engine.core.errors import LetterError, OutboxError, OvertakenError
from engine.core.moment import local_day
from engine.letters.drawing import DrawingOrder, Drawn
from engine.letters.handover import HandoverProof, Label, Parcel
from engine.letters.rendering import RenderedLetter
from engine.line.case_line import open_line
from engine.line.fence import Fence, Swept, words_of
from engine.line.kept_templates import template_of
from engine.line.plan import ask_about
from engine.runtime import Runtime
from engine.store.letters import letters_can_go, letters_claimed
from engine.store.records import ClaimedLetter, FrozenLetter
from engine.usecases.order_owed import order_owed_letters
from engine.usecases.own_outbox import demand_own_outbox
from engine.usecases.show_letter import find_letter, letter_on

if TYPE_CHECKING:
    from engine.store.transaction import Transaction

BATCH = 50
MOST_ATTEMPTS = 3
_TRIES = 3
PAUSE = timedelta(minutes=15)

T = TypeVar("T")
S = TypeVar("S")
_Made = tuple[DrawingOrder, RenderedLetter]


def send_letters(runtime: Runtime) -> Swept:
    """Hand over every letter that waits. A letter that cannot be made does not hold up the others."""
    sent, fence = 0, Fence("brieven")
    order_owed_letters(runtime, fence)
    while True:
        moment, claimed = _claim(runtime, fence)
        if not claimed:
            break
        sent += _Batch(runtime, moment, fence).send(claimed)
    fence.remember(runtime)
    return Swept(done=sent, failed=fence.failed)


def _claim(runtime: Runtime, fence: Fence) -> tuple[datetime, tuple[ClaimedLetter, ...]]:
    with runtime.store.work() as work:
        moment = runtime.moment_by(work)
        if letters_can_go(work, moment):
            # Nothing is claimed for an outbox that is away, or is not ours: no letter is the worse for it.
            with fence.around("uitvoermap"):
                name = demand_own_outbox(runtime, work)
                with work.writing() as tx:
                    demand_own_outbox(runtime, tx, name)
                    return moment, tx.claim_letters(moment, BATCH)
        return moment, ()


class _Batch:
    """The letters of one claim. What a step could not do with a letter is set aside, and the others go on."""

    def __init__(self, runtime: Runtime, moment: datetime, fence: Fence) -> None:
        self._runtime, self._moment, self._fence = runtime, moment, fence

    def send(self, claimed: Iterable[ClaimedLetter]) -> int:
        """How many were handed over and confirmed; of the others some may belong to another worker by now."""
        orders = self._each(((one, one.frozen) for one in claimed), self._order)
        drawn = self._runtime.drawing_room.begin([order for _, order in orders])
        made = self._each(((one, (order, get)) for (one, order), get in zip(orders, drawn, strict=True)), _draw)
        # All are frozen before the first leaves: what was handed over must be printed the same a second time.
        handed = self._each(self._together(self._freeze, made), self._hand_over)
        return len(self._together(self._confirm, handed, is_handed=True))

    def _each(
        self,
        letters: Iterable[tuple[ClaimedLetter, T]],
        work: Callable[[ClaimedLetter, T], S],
        *,
        is_handed: bool = False,
    ) -> list[tuple[ClaimedLetter, S]]:
        """What became of each. What `is_handed` over stays frozen: it says what it says."""
        done: list[tuple[ClaimedLetter, S]] = []
        for claimed, given in letters:
            with self._fence.around(claimed.case_id, claimed.letter.key):
                try:
                    done.append((claimed, work(claimed, given)))
                except Exception as error:
                    # One that was handed over but not confirmed comes here too: handing it over again is harmless.
                    self._set_aside(claimed, error, thaws=not is_handed)
                    raise
        return done

    def _together(
        self,
        write: Callable[[list[tuple[ClaimedLetter, T]]], list[tuple[ClaimedLetter, T]]],
        letters: list[tuple[ClaimedLetter, T]],
        *,
        is_handed: bool = False,
    ) -> list[tuple[ClaimedLetter, T]]:
        """Write for all in one transaction; when one stands in the way of the others, for each by itself."""
        if not letters:
            return []
        try:
            return write(letters)
        except Exception:  # nothing was written: whose fault it is shows below
            alone = self._each(
                letters, lambda claimed, given: _insist(lambda: write([(claimed, given)])), is_handed=is_handed
            )
            return [one for _, written in alone for one in written]

    def _order(self, claimed: ClaimedLetter, frozen: FrozenLetter | None) -> DrawingOrder:
        """The letter dated now; one that lies in the outbox already as it was on the day it was put there.

        What is known of that differs: who died before confirming left it frozen, an older backup knows nothing of it.
        """
        earlier = self._runtime.outbox.earlier_day(_label(claimed))
        frozen = frozen if earlier else None
        sent_on = earlier or local_day(self._moment)
        with self._runtime.reading() as readings:
            case = readings.load_case(claimed.case_id)
            template = template_of(readings, claimed.letter.template_digest)
            question = ask_about(self._runtime, readings, case, ENGINE, self._moment)
        return DrawingOrder(
            letter=letter_on(sent_on, question, claimed.letter, frozen),
            template=template,
            organisation=question.content.organisation,
            sent_on=sent_on,
            case_id=case.id,
        )

    def _freeze(self, made: list[tuple[ClaimedLetter, _Made]]) -> list[tuple[ClaimedLetter, _Made]]:
        """Those that are ours to hand over; of the others the claim was lost."""
        with self._runtime.store.transaction() as tx:
            return [one for one in made if tx.freeze_letter(one[0], _frozen(*one[1]), one[1][0].letter)]

    def _hand_over(self, claimed: ClaimedLetter, made: _Made) -> HandoverProof:
        order, rendered = made
        return self._runtime.outbox.hand_over(Parcel(label=_label(claimed), sent_on=order.sent_on, rendered=rendered))

    def _confirm(self, handed: list[tuple[ClaimedLetter, HandoverProof]]) -> list[tuple[ClaimedLetter, HandoverProof]]:
        with open_line(self._runtime) as line:
            for claimed, proof in handed:
                command = HandedOver(letter_key=claimed.letter.key, sent_on=proof.sent_on)
                line.add(confirm_sent(line.about(claimed.case_id), command))
            with line.work.writing() as tx:
                ours = [one for one in handed if self._mark(tx, *one)]
                if ours == handed:
                    line.write()
                elif len(handed) > 1:  # the steps of the lost ones are planned among the others
                    raise OvertakenError("Een andere verzender heeft een brief overgenomen.")
        return ours

    def _mark(self, tx: Transaction, claimed: ClaimedLetter, proof: HandoverProof) -> bool:
        html, pdf = proof.places
        return tx.mark_letter_sent(claimed, sent_on=proof.sent_on, sent_at=self._moment, html_path=html, pdf_path=pdf)

    def _set_aside(self, claimed: ClaimedLetter, error: Exception, *, thaws: bool) -> None:
        with self._runtime.store.transaction() as tx:
            # An outbox that is away is nothing a person must mend letter by letter: they wait until it is back.
            if claimed.attempt >= MOST_ATTEMPTS and not isinstance(error, OutboxError):
                tx.fail_letter(claimed, words_of(error), thaws=thaws)
            else:
                tx.retry_letter(claimed, words_of(error), self._moment + PAUSE, thaws=thaws)


def _label(claimed: ClaimedLetter) -> Label:
    letter = claimed.letter
    return Label(
        key=letter.key,
        identity=claimed.identity,
        case_id=claimed.case_id,
        letter=letter.letter,
        addressee=letter.addressee,
    )


def _draw(_: ClaimedLetter, ordered: tuple[DrawingOrder, Drawn]) -> _Made:
    order, get = ordered
    return order, get()


def _frozen(order: DrawingOrder, rendered: RenderedLetter) -> FrozenLetter:
    return FrozenLetter(fields=order.letter.fields, sent_on=order.sent_on, hash=rendered.text_hash)


def _insist(write: Callable[[], T]) -> T:
    """Again when somebody changed the case meanwhile, a few times."""
    for _ in range(_TRIES - 1):
        with suppress(OvertakenError):
            return write()
    return write()


def put_back_letter(runtime: Runtime, key: str) -> None:
    """Give a failed letter another chance. Raises LetterError when it is not there or has not failed."""
    with runtime.store.transaction() as tx:
        row = find_letter(tx, key)
        if not tx.put_back_letter(row.case_id, key):
            raise LetterError(f"De brief '{key}' is niet mislukt.", next_step="Kijk met `trede letters list`.")


def put_back_all(runtime: Runtime) -> int:
    """Give every failed letter another chance; how many there were."""
    with runtime.store.transaction() as tx:
        failed = tx.letters(status="failed")
        return sum(tx.put_back_letter(row.case_id, row.letter.key) for row in failed)


def claimed_elsewhere(runtime: Runtime) -> tuple[int, datetime | None]:
    """How many letters another process has taken (or had, when it was killed), and when the last comes free (UTC)."""
    with runtime.reading() as readings:
        return letters_claimed(readings, runtime.moment_by(readings))
