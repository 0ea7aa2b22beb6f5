"""How cases and values are written as JSON text, and read back. No database here, and nothing slow to import.

Values keep their type: a date is `{"date": "2026-08-01"}`, a moment `{"moment": "...+00:00"}`, a tuple a list;
text, numbers and yes/no are themselves. Moments are written in UTC with microseconds, always 32 characters, so
that their order as text is that in time. A naive moment is refused with UsageError.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from json.encoder import c_make_encoder, encode_basestring  # type: ignore[attr-defined]  # not in its stubs
from typing import Any, TypeVar

from engine.core.deciding.case import Case, Clock, LastAct, LetterMark, Record
from engine.core.errors import StoreError
from engine.core.language.facts import KnownFact, Value
from engine.core.legal_clock.ledger import ledger_from_plain, ledger_to_plain
from engine.core.moment import to_utc

T = TypeVar("T")
Row = Mapping[str, Any]


def to_json(plain: object) -> str:
    """Compact JSON text, the order of keys kept. Raises ValueError for a number that JSON does not have."""
    return "".join(_parts_of(plain, 0)) if _parts_of else _ENCODER.encode(plain)


# What is written was made here from frozen values, which hold no circles.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False)
# `encode` makes one of these for each text, which takes longer than most texts of an act; a dozen are written in each.
_parts_of = c_make_encoder and c_make_encoder(
    *(None, _ENCODER.default, encode_basestring, None, ":", ","), *[False] * 3
)
_raw_decode = json.JSONDecoder().raw_decode


def from_json(text: str) -> Any:
    """What `to_json` wrote. Raises ValueError for anything else."""
    plain, end = _raw_decode(text)  # `json.loads` looks for space around it too, and takes twice as long
    if end != len(text):
        raise ValueError(text[end:])
    return plain


# The facts, clocks and journal lines of a case share a handful of moments.
@lru_cache(maxsize=4096)
def moment_text(moment: datetime) -> str:
    """The moment in UTC as text whose order is the order in time. Raises UsageError for a naive moment."""
    return to_utc(moment).isoformat(timespec="microseconds")


@lru_cache(maxsize=4096)
def as_moment(stored: str | datetime) -> datetime:
    """A stored moment (text in SQLite, a moment in PostgreSQL) as an aware moment in UTC."""
    return (datetime.fromisoformat(stored) if isinstance(stored, str) else stored).astimezone(UTC)


def maybe_moment(stored: str | datetime | None) -> datetime | None:
    """The same for a column that may be empty."""
    return None if stored is None else as_moment(stored)


def as_day(stored: str | date) -> date:
    """A stored day as a date."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


def day_text(day: date | None) -> str | None:
    """A day as it is stored, if there is one."""
    return day.isoformat() if day else None


def maybe_day(stored: str | date | None) -> date | None:
    """The same for a column that may be empty."""
    return None if stored is None else as_day(stored)


_PLAIN = frozenset({str, bool, int, float})


def plain_value(value: Value) -> object:
    """A value as plain JSON that keeps its type."""
    if type(value) in _PLAIN:
        return value
    # datetime first: every datetime is a date too.
    if isinstance(value, datetime):
        return {"moment": moment_text(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return list(value) if isinstance(value, tuple) else value


def value_from_plain(plain: object) -> Value:
    """What `plain_value` wrote. Raises StoreError for anything else."""
    if type(plain) in _PLAIN:
        return plain  # type: ignore[return-value]  # as was just looked at; `cast` is a call for each value
    match plain:
        case {"moment": str(text)}:
            return as_moment(text)
        case {"date": str(text)}:
            return date.fromisoformat(text)
        case list():
            return tuple(str(item) for item in plain)
    raise StoreError(
        f"De opgeslagen waarde {plain!r} is niet te lezen.",
        why="Zij heeft geen soort die dit programma kent.",
        next_step="Draai `trede doctor` en zet zo nodig een reservekopie terug.",
    )


def encode_snapshot(case: Case) -> str:
    """What the columns of a case do not hold. What a step leaves as it was, mostly all, is written as it was read.

    For that the facts, and each clock, letter and record, have a line of their own.
    """
    besides: dict[str, object] = {
        **({"fixed": dict(case.fixed)} if case.fixed else {}),
        **({"acted": list(case.acted)} if case.acted else {}),
        **({"owed": list(map(list, case.owed))} if case.owed else {}),
        **({"last_act": _plain_last_act(case.last_act, case.records)} if case.last_act else {}),
    }
    lines = (
        *('{"facts":', _texts_of((case.facts,), plain_facts)),
        *(',"clocks":[', _texts_of(case.clocks, _plain_clock)),
        *('],"letters":[', _texts_of(case.letters, _plain_mark)),
        *('],"records":[', _texts_of(case.records, plain_record)),
        "]," + to_json(besides)[1:] if besides else "]}",
    )
    return "\n".join(lines)


@lru_cache(maxsize=64)  # who decides asks after the other cases about a subject each time; most of those stand still
def decode_snapshot(text: str) -> Mapping[str, Any]:
    """What `encode_snapshot` wrote, by the name of the field of a case; nobody changes it, for others get the same."""
    snapshot, lines = from_json(text), text.split("\n")
    lists = [snapshot["clocks"], snapshot["letters"], snapshot.get("records", ())]
    many = [max(len(one), 1) for one in lists]  # the first edition knows no records, one without lines has none
    lines = lines if len(lines) == sum(many) + 6 else [""] * (sum(many) + 6)
    of_clocks, of_letters, of_records = 3, 4 + many[0], 5 + many[0] + many[1]
    records = _read(record_from_plain, lists[2], lines[of_records:])
    return {
        "facts": _read(facts_from_plain, [snapshot["facts"]], lines[1:])[0],
        "clocks": _read(_clock_from_plain, lists[0], lines[of_clocks:]),
        "letters": _read(_mark_from_plain, lists[1], lines[of_letters:]),
        "records": records,
        "fixed": snapshot.get("fixed", {}),
        "acted": tuple(snapshot.get("acted", ())),
        "owed": tuple(map(tuple, snapshot.get("owed", ()))),
        "last_act": _last_act_from_plain(snapshot.get("last_act"), records),
    }


# The text that each value was read from: by identity, and with the value, which lives as long as its number then.
_AS_READ: dict[int, tuple[object, str]] = {}
_MOST_READ = 1000


def _read(read: Callable[[dict[str, Any]], T], plains: Sequence[dict[str, Any]], lines: Sequence[str]) -> tuple[T, ...]:
    if len(_AS_READ) >= _MOST_READ:
        _AS_READ.clear()
    made = tuple([read(plain) for plain in plains])
    _AS_READ.update({id(one): (one, line.removesuffix(",")) for one, line in zip(made, lines)})  # noqa: B905
    return made


def _texts_of(values: Sequence[T], plain: Callable[[T], object]) -> str:
    return ",\n".join([_as_read(one) or to_json(plain(one)) for one in values])


def _as_read(value: object) -> str:
    whose, line = _AS_READ.get(id(value), (None, ""))
    return line if whose is value else ""


def plain_facts(facts: Mapping[str, KnownFact]) -> dict[str, object]:
    """Facts as plain JSON: value, by whom, when."""
    return {name: [plain_value(fact.value), fact.by, moment_text(fact.at)] for name, fact in facts.items()}


def facts_from_plain(plain: Mapping[str, list[Any]]) -> dict[str, KnownFact]:
    """What `plain_facts` made."""
    return {
        name: KnownFact(value=value if type(value) in _PLAIN else value_from_plain(value), by=by, at=as_moment(at))
        for name, (value, by, at) in plain.items()
    }


def _plain_clock(clock: Clock) -> dict[str, object]:
    ledger = ledger_to_plain(clock.ledger)
    return {"term": clock.term, "addressee": clock.addressee, "ledger": ledger, "fired": list(clock.fired)}


def _clock_from_plain(plain: dict[str, Any]) -> Clock:
    return Clock(**plain | {"ledger": ledger_from_plain(plain["ledger"]), "fired": tuple(plain["fired"])})


def plain_record(record: Record) -> dict[str, object]:
    """A record as plain JSON."""
    plain = {name: getattr(record, name) for name in ("kind", "number", "by", "life", "belongs_to")}
    of_case = {"case": record.case} if record.case else {}
    return {**plain, **of_case, "fields": plain_facts(record.fields), "at": moment_text(record.at)}


def record_from_plain(plain: dict[str, Any]) -> Record:
    """What `plain_record` made."""
    return Record(**plain | {"fields": facts_from_plain(plain["fields"]), "at": as_moment(plain["at"])})


def _plain_mark(mark: LetterMark) -> dict[str, object]:
    plain = {"key": mark.key, "letter": mark.letter, "addressee": mark.addressee, "sent_on": day_text(mark.sent_on)}
    besides = (("is_withdrawn", mark.is_withdrawn), ("act", mark.act), ("record", mark.record))
    return plain | {name: value for name, value in besides if value}


def _mark_from_plain(plain: dict[str, Any]) -> LetterMark:
    return LetterMark(**plain | {"sent_on": maybe_day(plain["sent_on"])})


def _plain_last_act(last: LastAct, now: tuple[Record, ...]) -> dict[str, object]:
    """Only what is there: it is written with every act. A record that is `now` as it was then is told by its place."""
    places = {id(record): place for place, record in enumerate(now)}
    plain = {
        **{name: getattr(last, name) for name in ("act", "role", "state", "subject", "letters", "barred")},
        "at": moment_text(last.at),
        "entered_at": moment_text(last.entered_at),
        "facts": plain_facts({name: known for name, known in last.facts.items() if known is not None}),
        "unknown": [name for name, known in last.facts.items() if known is None],
        "fixed": dict(last.fixed),
        "records": [places[id(one)] if id(one) in places else plain_record(one) for one in last.records],
        "lines": [list(line) for line in last.lines],
        "registered": [[before and plain_record(before), plain_record(after)] for before, after in last.registered],
    }
    return {name: value for name, value in plain.items() if value or name == "letters"}


def _last_act_from_plain(plain: dict[str, Any] | None, now: tuple[Record, ...]) -> LastAct | None:
    if plain is None:
        return None
    kept = {"subject": "", "barred": "", "fixed": {}, **plain}
    unknown: dict[str, KnownFact | None] = dict.fromkeys(kept.pop("unknown", ()))
    kept["facts"] = {**unknown, **facts_from_plain(kept.get("facts", {}))}
    records, pairs = kept.get("records", ()), kept.get("registered", ())
    kept["records"] = tuple(now[one] if isinstance(one, int) else record_from_plain(one) for one in records)
    kept["registered"] = tuple((one and record_from_plain(one), record_from_plain(other)) for one, other in pairs)
    kept["lines"] = tuple((key, lines) for key, lines in kept.get("lines", ()))
    return LastAct(**kept | {name: as_moment(kept[name]) for name in ("at", "entered_at")})
