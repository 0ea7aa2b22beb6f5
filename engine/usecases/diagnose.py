"""Is this installation sound: settings, database, journal, content, second evaluator, what stayed behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from engine.core.dutch import count_words, join_words, write_moment
from engine.core.errors import EngineError
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.line.fence import Failed, left_behind
from engine.line.publishing import differing
from engine.runtime import Runtime
from engine.store.journal import verify
from engine.store.publications import publication_of
from engine.usecases.watch_clock import absence_to_tell
from engine.usecases.watch_versions import endings
from engine.usecases.whole_house import Seen, looks_at_house
from engine.words.of_errors import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at: sound or not, what was seen, and what to do when it is not."""

    name: str
    is_sound: bool
    text: str
    next_step: str = ""


class Heed(NamedTuple):
    """What is sound, and what is to be done all the same before it is not."""

    text: str
    next_step: str


def diagnose(runtime: Runtime, *, marks_alarms_seen: bool = False, whole: bool = False) -> tuple[Check, ...]:
    """Look at everything; a check that fails with an error is itself a finding, never an exception.

    Cases and files are looked at one by one only as far as they are the latest, unless `whole`.
    """
    looks = {**_LOOKS, **looks_at_house(runtime, whole=whole)}
    found = tuple(_look(runtime, name, look) for name, look in looks.items())
    if marks_alarms_seen:
        moment = runtime.now()
        with runtime.store.transaction() as tx:
            tx.mark_alarms_seen(moment)
    return found


def _look(runtime: Runtime, name: str, look: Callable[[Runtime], Seen | Heed]) -> Check:
    seen: Seen | Heed
    try:
        seen = look(runtime)
    except EngineError as error:
        seen = say(error).what, say(error).next_step
    if isinstance(seen, Heed):
        return Check(name=name, is_sound=True, text=f"let op: {seen.text}", next_step=seen.next_step)
    if isinstance(seen, str):
        return Check(name=name, is_sound=True, text=seen)
    text, next_step = seen
    return Check(name=name, is_sound=False, text=text, next_step=next_step)


def _settings(runtime: Runtime) -> Seen:
    settings = runtime.settings
    kind = "oefenwerkplek" if settings.is_rehearsal else "werkplek"
    return f"{kind} {settings.workplace} voor {settings.organisation}"


def _database(runtime: Runtime) -> Seen:
    with runtime.reading() as readings:
        agrees = readings.is_rehearsal == runtime.settings.is_rehearsal
        counts = readings.counts(runtime.settings.organisation)
    if not agrees:
        next_step = "Zet `rehearsal` in trede.toml terug zoals bij `trede init`."
        return "de database en trede.toml zijn het oneens over oefenen", next_step
    return f"bereikbaar, {count_words(sum(counts.values()), 'zaak', 'zaken')}"


def _journal(runtime: Runtime) -> Seen:
    with runtime.store.reading() as readings:
        broken = verify(readings, runtime.settings.organisation)
    if broken is None:
        return "de keten is heel"
    next_step = "Er is buiten het programma om geschreven. Zet een reservekopie terug en zoek uit door wie."
    return f"de keten is gebroken bij regel {broken}", next_step


def _content(runtime: Runtime) -> Seen:
    today = local_day(runtime.now())
    names = runtime.catalogue.workflows(runtime.settings.organisation)
    for name in names:
        runtime.content(name, today)
    return f"{count_words(len(names), 'procedure', 'procedures')} leesbaar: {', '.join(names)}"


def _publication(runtime: Runtime) -> Seen:
    with runtime.reading() as readings:
        found = publication_of(readings)
    if found is None:
        return "er is nog niets gepubliceerd", "Draai `trede rules check`, en daarna `trede rules publish`."
    day = write_moment(found.at)
    if differs := differing(runtime):
        names = join_words([one.where for one in differs[:5]])
        step = "Bekijk het met `trede rules publish --dry-run`."
        return f"nummer {found.number} van {day}; anders in de map, en niet gebruikt: {names}", step
    return f"nummer {found.number} van {day}"


def _versions(runtime: Runtime) -> Seen | Heed:
    found = endings(runtime)
    if not found:
        return "geen instemming of laatste versie loopt binnen zestig dagen af"
    text, step = (
        "; ".join(one.text for one in found),
        "Vraag instemming, of maak een versie die volgt, en publiceer die.",
    )
    return (text, step) if any(one.is_over for one in found) else Heed(text, step)


def _second_evaluator(runtime: Runtime) -> Seen:
    from engine.crosscheck.partner import why_absent

    setting, absent = runtime.settings.second_evaluator, why_absent()
    if setting == "off":
        return "staat uit (second_evaluator = off)"
    if absent:
        return (absent, "") if setting == "stop" else absent
    return f"aanwezig, stand '{setting}'"


def _alarms(runtime: Runtime) -> Seen:
    with runtime.reading() as readings:
        alarms = readings.alarms()
    if not alarms:
        return "geen"
    said = "; ".join(
        f"{alarm.case_id} {alarm.rule_set}.{alarm.rule}: {alarm.truth} tegen {alarm.other}" for alarm in alarms[:5]
    )
    return f"{len(alarms)} nieuw: {said}", "Draai `trede rules check`; daarna `trede doctor --seen`."


def _backlog(runtime: Runtime) -> Seen:
    with runtime.reading() as readings:
        next_due, behind = readings.next_due_at(), left_behind(readings)
    if behind:
        said = "; ".join(f"{_name_of(one)}: {one.why}" for one in behind[:5])
        next_step = "Neem de reden weg, en draai `trede due` en `trede letters send`: dan wordt het opnieuw geprobeerd."
        return f"{len(behind)} overgeslagen: {said}", next_step
    moment = runtime.now()
    away = absence_to_tell(runtime, moment)
    if away is not None and away.until is None:
        return away.told(), "Start `trede serve`, of draai `trede due`."
    if next_due is None or next_due > moment:
        return f"niets blijft liggen. {away.told()}" if away else "niets blijft liggen"
    hours = int((moment - next_due).total_seconds() // 3600)
    return f"het oudste werk wacht al {hours} uur", "Start `trede serve`, of draai `trede due`."


def _name_of(one: Failed) -> str:
    """Name what was passed over; the key of a letter begins with its case already."""
    return one.subject if one.subject.startswith(one.case_id) else f"{one.case_id} {one.subject}".rstrip()


def _letters(runtime: Runtime) -> Seen:
    with runtime.reading() as readings:
        failed, waiting = readings.letters(status="failed"), readings.outgoing_letters()
    if failed:
        return f"{len(failed)} mislukt, {waiting} wachten", "Zie `trede letters list --status failed`."
    return f"{waiting} wachten op verzending, geen mislukt"


_LOOKS: dict[str, Callable[[Runtime], Seen | Heed]] = {
    "instellingen": _settings,
    "database": _database,
    "logboek": _journal,
    "inhoud": _content,
    "publicatie": _publication,
    "versies": _versions,
    "tweede regelmotor": _second_evaluator,
    "alarmen": _alarms,
    "achterstand": _backlog,
    "brieven": _letters,
}
