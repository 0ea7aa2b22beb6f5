"""Writing a plan: the only thing that is done while others wait, so nothing is decided here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from engine.core.content.template import LetterTemplate
from engine.core.deciding.question import Question, ask, gathers
from engine.core.deciding.step import EntryKind, Step
from engine.core.errors import OvertakenError
from engine.definitions.files.codec import from_plain, to_plain
from engine.line.plan import Plan, Planned, series_of

if TYPE_CHECKING:
    from engine.store.numbering import Series
    from engine.store.readings import Readings
    from engine.store.transaction import Transaction


def write_plan(tx: Transaction, plan: Plan, moment: datetime) -> None:
    """Write every step of the plan. Raises OvertakenError when somebody else wrote first what it was decided on."""
    _take_numbers(tx, plan)
    for planned in plan.steps:
        # Each against the steps before it in the plan, on which it was decided too.
        if not planned.follows:
            _check_others(tx, planned.question)
        _write(tx, planned, moment)
    for case, running in plan.restated:
        tx.keep_running(case, running)


def _check_others(tx: Transaction, question: Question) -> None:
    """What other cases of the subject say has no version of its own on this case: it is compared."""
    case = question.case
    if not case.subject or not gathers(question.content):
        return
    others = tx.cases_of_subject(case.organisation, case.subject, besides=case.id)
    now = ask(question.content, case, question.actor, question.moment, others)
    if now.gathered != question.gathered:
        raise OvertakenError(
            "Een andere zaak van dezelfde persoon is intussen gewijzigd.",
            where=case.id,
            why="Wat daar staat, telt mee voor deze handeling.",
            next_step="Voer de opdracht opnieuw uit.",
        )


def _write(tx: Transaction, planned: Planned, moment: datetime) -> None:
    step, content = planned.step, planned.question.content
    for letter in step.letters:
        # Kept when it is ordered, so that it can be printed again after a change.
        template = content.letters[letter.letter]
        if not tx.has_template(template.digest):  # writing it out costs far more than asking
            tx.keep_template(template.digest, {"template": to_plain(template)})
    if _is_act_of_person(step):
        # Whoever moves the case has dealt with what was asked about it; what this step asks comes after.
        tx.finish_notices(step.after.id, moment, step.entries[0].actor.role)
    tx.append(step, owner=content.workflow.state(step.after.state).owner)
    if planned.fires:
        tx.mark_fired(step.after.id, planned.fires, moment)
    if planned.alarm is not None:
        tx.record_alarm(planned.alarm)


def _take_numbers(tx: Transaction, plan: Plan) -> None:
    wanted: dict[Series, list[str]] = {}
    for planned in plan.steps:
        if planned.step.before is None:
            wanted.setdefault(series_of(planned.question.content, planned.question.moment), []).append(
                planned.step.after.id
            )
    # Always in the same order of series, so that two writers cannot wait for each other.
    for series in sorted(wanted):
        given = tx.new_case_numbers(series, len(wanted[series]))
        for number, decided in zip(given, wanted[series], strict=True):
            if number != decided:
                raise OvertakenError(
                    f"Zaaknummer {decided} is intussen uitgegeven.",
                    why="Een ander opende op hetzelfde moment een zaak.",
                    next_step="Voer de opdracht opnieuw uit; er is niets opgeslagen.",
                )


def _is_act_of_person(step: Step) -> bool:
    return any(entry.kind is EntryKind.MOVED and entry.actor.is_person for entry in step.entries)


def template_of(readings: Readings, digest: str) -> LetterTemplate:
    """The template a letter was frozen with. Raises StoreError when it was never kept."""
    template = from_plain(readings.template_text(digest)["template"])
    assert isinstance(template, LetterTemplate)
    return template
