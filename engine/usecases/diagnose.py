"""Is this installation sound: settings, database, journal, content, second evaluator, what stayed behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from engine.core.dutch import count_words
from engine.core.errors import EngineError
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.line.fence import left_behind
from engine.runtime import Runtime
from engine.store.journal import verify


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at: sound or not, what was seen, and what to do when it is not."""

    name: str
    is_sound: bool
    text: str
    next_step: str = ""


def diagnose(runtime: Runtime, *, marks_alarms_seen: bool = False) -> tuple[Check, ...]:
    """Look at everything; a check that fails with an error is itself a finding, never an exception."""
    checks: tuple[tuple[str, Callable[[Runtime], Check]], ...] = (
        ("instellingen", _settings),
        ("database", _database),
        ("logboek", _journal),
        ("inhoud", _content),
        ("tweede regelmotor", _second_evaluator),
        ("alarmen", _alarms),
        ("achterstand", _backlog),
        ("brieven", _letters),
    )
    found = tuple(_guarded(runtime, name, check) for name, check in checks)
    if marks_alarms_seen:
        moment = runtime.now()
        with runtime.store.transaction() as tx:
            tx.mark_alarms_seen(moment)
    return found


def _guarded(runtime: Runtime, name: str, check: Callable[[Runtime], Check]) -> Check:
    try:
        return check(runtime)
    except EngineError as error:
        return Check(name=name, is_sound=False, text=error.what, next_step=error.next_step)


def _settings(runtime: Runtime) -> Check:
    settings = runtime.settings
    kind = "oefenwerkplek" if settings.is_rehearsal else "werkplek"
    return Check(name="instellingen", is_sound=True, text=f"{kind} {settings.workplace} voor {settings.organisation}")


def _database(runtime: Runtime) -> Check:
    with runtime.reading() as readings:
        agrees = readings.is_rehearsal == runtime.settings.is_rehearsal
        counts = readings.counts(runtime.settings.organisation)
    if not agrees:
        return Check(
            name="database",
            is_sound=False,
            text="de database en trede.toml zijn het oneens over oefenen",
            next_step="Zet `rehearsal` in trede.toml terug zoals bij `trede init`.",
        )
    number = count_words(sum(counts.values()), "zaak", "zaken")
    return Check(name="database", is_sound=True, text=f"bereikbaar, {number}")


def _journal(runtime: Runtime) -> Check:
    with runtime.store.reading() as readings:
        broken = verify(readings, runtime.settings.organisation)
    if broken is None:
        return Check(name="logboek", is_sound=True, text="de keten is heel")
    return Check(
        name="logboek",
        is_sound=False,
        text=f"de keten is gebroken bij regel {broken}",
        next_step="Er is buiten het programma om geschreven. Zet een reservekopie terug en zoek uit door wie.",
    )


def _content(runtime: Runtime) -> Check:
    today = local_day(runtime.now())
    names = runtime.catalogue.workflows(runtime.settings.organisation)
    for name in names:
        runtime.content(name, today)
    number = count_words(len(names), "procedure", "procedures")
    return Check(name="inhoud", is_sound=True, text=f"{number} leesbaar: {', '.join(names)}")


def _second_evaluator(runtime: Runtime) -> Check:
    from engine.crosscheck.partner import why_absent

    setting, absent = runtime.settings.second_evaluator, why_absent()
    if setting == "off":
        return Check(name="tweede regelmotor", is_sound=True, text="staat uit (second_evaluator = off)")
    if absent:
        return Check(name="tweede regelmotor", is_sound=setting != "stop", text=absent)
    return Check(name="tweede regelmotor", is_sound=True, text=f"aanwezig, stand '{setting}'")


def _alarms(runtime: Runtime) -> Check:
    with runtime.reading() as readings:
        alarms = readings.alarms()
    if not alarms:
        return Check(name="alarmen", is_sound=True, text="geen")
    said = "; ".join(
        f"{alarm.case_id} {alarm.rule_set}.{alarm.rule}: {alarm.truth} tegen {alarm.other}" for alarm in alarms[:5]
    )
    return Check(
        name="alarmen",
        is_sound=False,
        text=f"{len(alarms)} nieuw: {said}",
        next_step="Draai `trede rules check`; daarna `trede doctor --seen`.",
    )


def _backlog(runtime: Runtime) -> Check:
    with runtime.reading() as readings:
        next_due, behind = readings.next_due_at(), left_behind(readings)
    if behind:
        said = "; ".join(f"{one.case_id} {one.subject}".rstrip() + f": {one.why}" for one in behind[:5])
        return Check(
            name="achterstand",
            is_sound=False,
            text=f"{len(behind)} overgeslagen: {said}",
            next_step="Neem de reden weg; bij de volgende `trede due` wordt het opnieuw geprobeerd.",
        )
    moment = runtime.now()
    if next_due is None or next_due > moment:
        return Check(name="achterstand", is_sound=True, text="niets blijft liggen")
    return Check(
        name="achterstand",
        is_sound=False,
        text=f"het oudste werk wacht al {_hours(next_due, moment)} uur",
        next_step="Start `trede serve`, of draai `trede due`.",
    )


def _hours(earlier: datetime, later: datetime) -> int:
    return int((later - earlier).total_seconds() // 3600)


def _letters(runtime: Runtime) -> Check:
    with runtime.reading() as readings:
        failed = readings.letters(status="failed")
        waiting = readings.outgoing_letters()
    if failed:
        return Check(
            name="brieven",
            is_sound=False,
            text=f"{len(failed)} mislukt, {waiting} wachten",
            next_step="Zie `trede letters list --status failed`.",
        )
    return Check(name="brieven", is_sound=True, text=f"{waiting} wachten op verzending, geen mislukt")
