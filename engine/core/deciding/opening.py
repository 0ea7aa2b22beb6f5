"""Opening a case: through an entry point of the workflow, under the versions in force, with the consent they need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime

from engine.core.content.ruleset import WAITING, Consent
from engine.core.content.workflow import EntryPoint
from engine.core.deciding.at_hand import needed_fields, not_at_hand, put_down, written_by
from engine.core.deciding.case import ENGINE_ROLE, Case
from engine.core.deciding.checks import check_days, find_authority, missing_requirements
from engine.core.deciding.clocks import Move
from engine.core.deciding.draft import Draft, Refused, decide, plain_facts, refuse_any
from engine.core.deciding.messages import tell_bodies
from engine.core.deciding.moves import run_clocks, set_in_rounds, settle, write_letters
from engine.core.deciding.question import Question
from engine.core.deciding.record_keeping import write_records
from engine.core.deciding.step import Blocker, BlockerKind, EntryKind, Refusal, Step
from engine.core.deciding.subject import known_of_only, number_in
from engine.core.deciding.supplying import check_entry
from engine.core.deciding.why import whole_reason
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.core.message import Message
from engine.core.moment import local_day
from engine.core.quick_class import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The wish to open a case: the entry point (empty: the first), what is known already, where it comes from.

    `subject` is the number of whom it is about, when the facts do not say it: that of the case that opens this one.
    `reason` is why it is opened beside another that runs. `passed_over` is the first day of the version that its sector
    did not consent to, when it opens under an older one; `tries_without` are the sectors whose consent a rehearsal does
    without.
    """

    case_id: str = ""
    entry: str = ""
    facts: Mapping[str, Value] = field(default_factory=dict)
    parent: str = ""
    subject: str = ""
    reason: str = ""
    passed_over: date | None = None
    tries_without: tuple[str, ...] = ()


def open_case(question: Question, opening: Opening) -> Step | Refusal:
    """Open the case of the question (`new_case`). The engine may use every entry point; a person is named there."""
    content = question.content
    entry = content.workflow.entry(opening.entry)
    if entry is None:
        known = tuple(point.id for point in content.workflow.entries)
        blocker = Blocker(kind=BlockerKind.UNKNOWN_TRANSITION, subject=opening.entry, supplied_by=known)
        return Refusal(case_id="", attempted=opening.entry, blockers=(blocker,))

    def change(draft: Draft) -> None:
        _check_opener(draft, entry)
        refuse_any(not_at_hand(content, opening.facts, (entry,)))
        refuse_any(check_entry(question, opening.facts, entry))
        _refuse_another(content, opening)
        _set_known(draft, opening)
        refuse_any(check_days(draft.look(), opening.facts))
        _check_entry(draft, entry, opening)
        _take_entry(draft, entry, opening)

    return decide(question, entry.id, change)


def guard_refusal(question: Question, opening: Opening) -> Refusal | None:
    """Why the condition of an entry is false for what is known, down to the given facts; None when it is not.

    Asked apart from what else is missing or wrong, so that who mends a row of a register hears of it in one round.
    """
    entry = question.content.workflow.entry(opening.entry)
    assert entry is not None  # its columns were read from it
    draft = Draft(question)
    _set_known(draft, opening)
    situation = draft.look()
    reason = situation.explain(entry.when)
    if reason.truth is not False:
        return None
    whole = whole_reason(situation, reason)
    blocker = Blocker(kind=BlockerKind.CONDITION, subject=entry.id, reason=whole, where=entry.where)
    return Refusal(case_id=opening.case_id, attempted=entry.id, blockers=(blocker,))


def _set_known(draft: Draft, opening: Opening) -> None:
    of_only = known_of_only(draft.content)
    if of_only:
        draft.set_facts(
            {fact: value for fact, value in of_only.items() if fact not in draft.subject.facts}, ENGINE_ROLE
        )
    draft.set_facts(opening.facts, draft.actor.role)


def _refuse_another(content: Content, opening: Opening) -> None:
    """Of some kinds there is one: another number is a slip, and would begin a dossier that nobody finds."""
    kind, number, given = content.subject_kind, number_in(content, {}), number_in(content, opening.facts)
    if kind is not None and number and given != number:
        said = Message("subject_is_only_one", {"label": kind.label, "number": number, "given": given})
        raise Refused(Blocker(kind=BlockerKind.SUBJECT_RULE, subject=kind.key_fact, said=said))


def new_case(content: Content, opening: Opening, moment: datetime) -> Case:
    """The case that is to be opened, before anything is decided about it: version 0, no facts, no clocks."""
    workflow = content.workflow
    entry = workflow.entry(opening.entry)
    return Case(
        id=opening.case_id,
        organisation=content.organisation.id,
        workflow=workflow.id,
        workflow_version=workflow.valid_from,
        rules_version=content.rules.valid_from,
        workflow_digest=workflow.digest,
        rules_digest=content.rules.digest,
        law_version=content.rules.law,
        lower_rules=content.rules.lower,
        state=content.machine.enter(entry.id) if entry else "",
        version=0,
        subject=number_in(content, opening.facts) or opening.subject,
        opened_at=moment,
        entered_at=moment,
        facts={},
        parent=opening.parent,
    )


def _check_opener(draft: Draft, entry: EntryPoint) -> None:
    content = draft.content
    name = f"{content.workflow.id}.{entry.id}"
    day = local_day(draft.moment)
    if draft.actor.is_person and not find_authority(content.organisation, draft.actor.role, entry.by, name, day):
        raise Refused(
            Blocker(
                kind=BlockerKind.NO_MANDATE,
                subject=entry.id,
                detail=draft.actor.role,
                supplied_by=entry.by,
                where=entry.where,
            )
        )


def _check_entry(draft: Draft, entry: EntryPoint, opening: Opening) -> None:
    content, situation = draft.content, draft.look()
    needed = needed_fields(content, entry, draft.case.facts)
    required = tuple(dict.fromkeys((content.workflow.subject_key, *entry.requires, *needed)))
    refuse_any(missing_requirements(situation, required))
    _refuse_other_sector(draft)
    if not opening.tries_without:
        refuse_without_consent(draft)
    reason = situation.explain(entry.when)
    if reason.truth is not True:
        missing = missing_requirements(situation, reason.missing_facts())
        raise Refused(Blocker(kind=BlockerKind.CONDITION, subject=entry.id, reason=reason, where=entry.where), *missing)


def _take_entry(draft: Draft, entry: EntryPoint, opening: Opening) -> None:
    workflow = draft.content.workflow
    draft.note(
        EntryKind.OPENED,
        workflow=workflow.id,
        entry=entry.id,
        state=entry.state,
        parent=opening.parent,
        workflow_version=workflow.valid_from.isoformat(),
        facts=plain_facts(opening.facts),
        rules_version=draft.content.rules.valid_from.isoformat(),
        layers=list(draft.content.rules.layers),
        **({"reason": opening.reason} if opening.reason else {}),
        **({"passed_over": opening.passed_over.isoformat()} if opening.passed_over else {}),
        **({"tries_without": list(opening.tries_without)} if opening.tries_without else {}),
    )
    writings = written_by(draft.content, entry, draft.case.facts)
    # What only counts is over as soon as it is there: no clock runs in it, and it lies with nobody.
    draft.case = replace(draft.case, is_closed=workflow.state(entry.state).is_end)
    set_in_rounds(draft, entry.sets)
    write_records(draft, entry, writings)
    run_clocks(draft, Move(transition="", origin=None))
    tell_bodies(draft, entry.tells, "case_opened", {"entry": entry.id})
    write_letters(draft, entry.letters)
    draft.case = put_down(draft.content, draft.case)
    settle(draft)


def _refuse_other_sector(draft: Draft) -> None:
    """Rules that are for some sectors only open no case of another: there is nothing for its council to consent to."""
    rules, known = draft.content.rules, draft.case.facts.get(draft.content.workflow.sector_fact)
    if known is None:
        return
    sector, served = str(known.value), draft.content.organisation
    if not rules.is_for(sector) or sector in served.unserved:
        for_whom = tuple(filter(rules.is_for, served.sectors))
        raise Refused(Blocker(kind=BlockerKind.OTHER_SECTOR, subject=sector, supplied_by=for_whom, where=rules.where))


def sectors_asked(content: Content, known: Mapping[str, object]) -> tuple[str, ...]:
    """The sectors of which the council must have consented to a case about what is known; none where none is asked.

    A workflow that does not ask the sector is for all of them: to leave the question out switches no consent off.
    Of a sector that is not known yet, or that the organisation does not have, nothing can be asked.
    """
    asks, sectors = content.workflow.sector_fact, content.organisation.sectors
    if not content.organisation.needs_consent:
        return ()
    if not asks:
        return tuple(filter(content.rules.is_for, sectors))
    return tuple(one for one in (known.get(asks),) if isinstance(one, str) and one in sectors)


def refuse_without_consent(draft: Draft) -> None:
    """New cases need a version that the council of their sector consented to (WMS 14a)."""
    content, asks = draft.content, draft.content.workflow.sector_fact
    if not content.organisation.needs_consent:
        return
    known = draft.case.facts.get(asks)
    sectors = sectors_asked(content, {asks: known.value} if known else {})
    for sector in sectors if sectors or not asks else ("" if known is None else str(known.value),):
        consent = content.rules.consent_of(sector)
        if consent is None or not consent.holds_on(local_day(draft.moment)):
            lacks, where = _lacks(consent), content.rules.where
            raise Refused(Blocker(kind=BlockerKind.NO_CONSENT, subject=sector, detail=lacks, where=where))


def _lacks(consent: Consent | None) -> str:
    """What is wrong with a consent: its last day, what is said of it, or that it is assumed; empty: there is none."""
    if consent is None:
        return ""
    if consent.state in WAITING:
        return consent.state
    if consent.given_on is None and consent.status:
        return consent.status
    return consent.valid_through.isoformat() if consent.valid_through else ""
