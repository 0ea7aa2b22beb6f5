"""A free calculation as it is typed: a length, a start, and what happens to the clock in between."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from engine.core.errors import DefinitionError, EngineError, UsageError
from engine.core.language.values import read_day, read_moment
from engine.core.legal_clock.explain import CALCULATION
from engine.core.legal_clock.ledger import Extended, LedgerEntry, Resumed, Suspended
from engine.core.legal_clock.period import Period, parse_period
from engine.core.legal_clock.termspec import Extension, TermKind, TermSpec
from engine.core.moment import local_day, start_of_day
from engine.core.quick_class import dataclass

if TYPE_CHECKING:
    from engine.usecases.explain_term import FreeTerm

_RANGE, _ON = "..", "@"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTerm:
    """The options of a free calculation, as they were typed."""

    start: str
    length: str
    until: str
    anchor_end: str
    back: bool
    termijnenwet: bool
    decree: bool
    kind: str
    region: str
    school: str
    suspended: tuple[str, ...]
    extended: tuple[str, ...]


def read_free_term(typed: TypedTerm) -> FreeTerm:
    """The calculation that is meant. Raises UsageError, naming the option, for what cannot be understood."""
    from engine.usecases.explain_term import FreeTerm

    if bool(typed.length) is bool(typed.until):
        raise UsageError(
            "Geef een ZAAK met een TERMIJN, of --from met --length of --until.",
            next_step='Bijvoorbeeld: trede term explain --from 2026-03-24 --length "6 weeks" --termijnenwet.',
        )
    spec = _read_spec(typed)
    start = _read_start(typed.start, in_hours=spec.is_in_hours)
    suspensions = [entry for text in typed.suspended for entry in _read_suspension(text, in_hours=spec.is_in_hours)]
    extensions = [_read_extension(text, start) for text in typed.extended]
    anchor = read_length(typed.anchor_end, "--anchor-end") if typed.anchor_end else None
    until = read_day(typed.until, "--until") if typed.until else None
    return FreeTerm(spec=spec, start=start, until=until, acts=(*suspensions, *extensions), anchor_length=anchor)


def _read_spec(typed: TypedTerm) -> TermSpec:
    lengths = [read_length(_split_extension(text)[0], "--extended") for text in typed.extended]
    try:
        return TermSpec(
            period=read_length(typed.length, "--length") if typed.length else None,
            counted_back=typed.back,
            termijnenwet=typed.termijnenwet or typed.decree,
            in_decree=typed.decree,
            kind=cast(TermKind, typed.kind),
            region=typed.region,
            school=typed.school,
            extension=Extension(period=_longest(lengths), times=len(lengths)) if lengths else None,
        )
    except DefinitionError as error:
        raise error.placed(UsageError, "") from None


def _longest(lengths: list[Period]) -> Period:
    """What is typed is what is allowed; periods of different units cannot be compared without a start."""
    units = {length.unit for length in lengths}
    if len(units) > 1:
        raise UsageError(
            "De verlengingen hebben verschillende eenheden.",
            where="--extended",
            next_step='Schrijf ze in dezelfde eenheid, bijvoorbeeld "2 weeks" en "6 weeks".',
        )
    return max(lengths, key=lambda length: length.amount)


def read_length(text: str, option: str) -> Period:
    """The length a person typed; the same words as in content, but a mistake in them is a matter of typing."""
    try:
        return parse_period(text, option)
    except EngineError as error:
        raise error.placed(UsageError, option) from None


def _read_start(start: str, *, in_hours: bool) -> date | datetime:
    if not start:
        raise UsageError("Geef met --from de dag waarop het begint.", next_step="Bijvoorbeeld --from 2026-03-24.")
    return _read_time(start, "--from", in_hours=in_hours)


def _read_time(text: str, option: str, *, in_hours: bool) -> date | datetime:
    return read_moment(text, option) if in_hours else read_day(text, option)


def _read_suspension(text: str, *, in_hours: bool) -> tuple[LedgerEntry, ...]:
    first, separator, last = text.partition(_RANGE)
    if not separator:
        raise UsageError(
            f"'{text}' is geen VAN..TOT.",
            where="--suspended",
            next_step="Schrijf bijvoorbeeld 2026-01-22..2026-02-02, of 2026-01-22.. als de klok nog stilstaat.",
        )
    begin = _read_time(first.strip(), "--suspended", in_hours=in_hours)
    end = _read_time(last.strip(), "--suspended", in_hours=in_hours) if last.strip() else None
    if end is not None and end < begin:
        raise UsageError(
            f"De opschorting {text} eindigt voor zij begint.", where="--suspended", next_step="Draai de dagen om."
        )
    begun = Suspended(recorded_at=_moment(begin), by=CALCULATION, from_day=_day(begin), at=_at(begin))
    if end is None:
        return (begun,)
    return begun, Resumed(recorded_at=_moment(end), by=CALCULATION, on_day=_day(end), at=_at(end))


def _read_extension(text: str, start: date | datetime) -> Extended:
    length, day = _split_extension(text)
    on_day = read_day(day, "--extended") if day else _day(start)
    return Extended(
        recorded_at=start_of_day(on_day), by=CALCULATION, period=read_length(length, "--extended"), on_day=on_day
    )


def _split_extension(text: str) -> tuple[str, str]:
    length, _, day = text.partition(_ON)
    return length.strip(), day.strip()


def _moment(time: date | datetime) -> datetime:
    return time if isinstance(time, datetime) else start_of_day(time)


def _day(time: date | datetime) -> date:
    return local_day(time) if isinstance(time, datetime) else time


def _at(time: date | datetime) -> datetime | None:
    return time if isinstance(time, datetime) else None
