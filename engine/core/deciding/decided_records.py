"""Records in the dossier that a decision wrote: only another decision of that case replaces what they say."""

from __future__ import annotations

from engine.core.content.records import RecordKind
from engine.core.content.workflow import Transition
from engine.core.deciding.case import Case, Record
from engine.core.deciding.step import Blocker, BlockerKind
from engine.core.deciding.supplying import first_act_towards
from engine.core.evaluation.prepared import Content
from engine.core.message import Message


def is_decided(content: Content, case: Case, kind: RecordKind, record: Record) -> Blocker | None:
    """Why the record cannot be put right by hand: the decision that wrote it, and the act by which a new one begins.

    None for a record that no decision of its case wrote: taken over from a register, put in by hand, an enrolment.
    """
    taken = set(case.fixed.values())
    writers = [one for one in content.workflow.transitions if one.id in taken and _decides_on(one, kind)]
    if record.case != case.id or not writers:
        return None
    way = first_act_towards(content, case.state, lambda act: _decides_on(act, kind))
    labels = {one.id: one.label for one in reversed(content.workflow.transitions)}
    key, decision = record.key, writers[0].label
    if not way:
        said = Message(
            "record_is_decided_for_good",
            {"record": key, "label": kind.label, "decision": decision, "case": case.id},
        )
        return Blocker(kind=BlockerKind.FIXED, subject=key, said=said)
    said = Message(
        "record_is_decided",
        {"record": key, "label": kind.label, "decision": decision, "case": case.id, "act": way, "begins": labels[way]},
    )
    return Blocker(kind=BlockerKind.FIXED, subject=key, said=said)


def _decides_on(act: Transition, kind: RecordKind) -> bool:
    """Whether the act fixes what it rests on, and writes or ends such a record."""
    touched = {one.kind for one in act.writes} | {one.kind for one in act.closes}
    return bool(act.fixes) and kind.id in touched
