"""How a case stood when a line of its journal was written: what the lines until then tell, and what was known by then.

What the rules worked out stands in no line; of that the case still holds what it knew by then. What was said of its
subject or by other cases is as it was by then too, unless it was put right since: who judges by it says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from engine.core.content.records import RecordKind
from engine.core.deciding.case import ENGINE_ROLE, Case, Clock, Record
from engine.core.deciding.replay import Rebuilt, ToldRecord, rebuild
from engine.core.deciding.step import Entry
from engine.core.deciding.subject import Subject
from engine.core.errors import UsageError
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import FactRule, KnownFact
from engine.core.language.values import admit
from engine.core.legal_clock.ledger import ledger_from_plain


def case_then(content: Content, case: Case, lines: Iterable[tuple[int, Entry]], moment: datetime) -> Case:
    """The case as these lines, its first ones, tell it; `moment` (UTC) is when the last of them was written."""
    told = rebuild(lines)
    worked_out = {name: known for name, known in case.facts.items() if known.by == ENGINE_ROLE and known.at <= moment}
    return replace(
        case,
        version=told.version,
        state=told.state,
        facts={**worked_out, **_known(content.rules.facts, told.facts, moment)},
        records=tuple(_records(content, case, told, moment)),
        clocks=tuple(_clock(key, ledger) for key, ledger in told.ledgers.items()),
        letters=tuple(mark for mark in case.letters if mark.key in told.letters),
        is_closed=False,
        last_act=None,
    )


def subject_then(subject: Subject, moment: datetime) -> Subject:
    """What was known of the subject by this moment (UTC), and was not put right since."""
    return replace(
        subject,
        facts={name: known for name, known in subject.facts.items() if known.at <= moment},
        records=tuple(record for record in subject.records if record.at <= moment),
    )


def _known(rules: Mapping[str, FactRule], told: Mapping[str, object], moment: datetime) -> dict[str, KnownFact]:
    found = {}
    for name, plain in told.items():
        try:
            found[name] = KnownFact(value=admit(rules[name], plain), by="", at=moment)
        except (KeyError, UsageError):
            continue  # a fact that these rules do not know: no decision of theirs rests on it
    return found


def _records(content: Content, case: Case, told: Rebuilt, moment: datetime) -> Iterable[Record]:
    held = {record.key: record for record in case.records}
    for key, record in told.records.items():
        kind_id, _, number = key.rpartition(".")
        kind, now = content.rules.records.get(kind_id), held.get(key)
        if kind is not None:
            yield _record(kind, int(number), record, now, moment)


def _record(kind: RecordKind, number: int, told: ToldRecord, now: Record | None, moment: datetime) -> Record:
    return Record(
        kind=kind.id,
        number=number,
        fields=_known(kind.fields, told.fields, moment),
        at=now.at if now else moment,
        by=now.by if now else "",
        life=told.life,
        belongs_to=told.belongs_to,
    )


def _clock(key: str, ledger: list[object]) -> Clock:
    term, _, addressee = key.partition("/")
    return Clock(term=term, addressee=addressee, ledger=ledger_from_plain(cast(list[Mapping[str, Any]], ledger)))
