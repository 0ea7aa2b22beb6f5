"""The summary of the demo, for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from engine.cli.pages.wording import ContentWords
from engine.core.dutch import write_day, write_moment
from engine.core.moment import local_day
from engine.rehearsal.full_inboxes import FullInbox
from engine.rehearsal.make_demo import Demo
from engine.rehearsal.report import ScriptReport, Surprise
from engine.reports.ladder_counts import RungCount
from engine.reports.term_counts import TermCount
from engine.reports.year_summary import LetterCount, Standstill, WorkflowCount, YearSummary
from engine.runtime import open_runtime

_KINDS = {"statutory": "Wettelijke termijnen", "agreed": "Afgesproken termijnen", "target": "Streeftermijnen"}
_MOST_SURPRISES = 10


def demo_lines(made: Demo, seconds: float) -> list[str]:
    """Everything, section by section."""
    summary = made.summary
    parts = (
        _head(made, seconds),
        _cases(summary.workflows),
        _terms(summary.terms),
        _ladder(summary.rungs),
        _letters(summary.letters),
        _standstill(summary),
        _soundness(made),
        _where(made),
    )
    return [line for part in parts for line in part]


def _head(made: Demo, seconds: float) -> Iterator[str]:
    script, report = made.script, made.report
    first, last = local_day(script.starts_at), local_day(script.ends_at)
    yield ""
    yield _title(f"{script.title}, nagespeeld in {seconds:.0f} seconden")
    yield f"Van {write_day(first)} tot en met {write_day(last)}."
    yield (
        f"{_number(made.imported)} zaken uit het register; {_number(report.acts)} handelingen van mensen, waarvan"
        f" {report.refused} terecht geweigerd; {_number(report.deadlines)} termijnen en herinneringen gingen vanzelf;"
        f" {_number(report.letters)} brieven verstuurd."
    )


def _cases(workflows: Iterable[WorkflowCount]) -> Iterator[str]:
    yield from _section("Zaken naar procedure en uitkomst")
    for workflow in workflows:
        is_open = workflow.opened - workflow.closed
        yield f"{workflow.title}: {_number(workflow.opened)} zaken, {_number(is_open)} open"
        for state in workflow.states:
            what = "uitkomst" if state.outcome else f"bij {state.owner}"
            yield f"  {state.cases:>6}  {state.label} ({what})"


def _terms(terms: tuple[TermCount, ...]) -> Iterator[str]:
    yield from _section("Op tijd of niet")
    for kind, title in _KINDS.items():
        chosen = [term for term in terms if term.kind == kind]
        if chosen:
            yield f"{title}:{'op tijd':>{52 - len(title)}}  te laat  loopt nog  verlengd"
        for term in chosen:
            share = "" if term.share is None else f"  {term.share:.0%} op tijd"
            yield f"  {term.label[:44]:<44} {term.met:>6} {term.missed:>8} {term.running:>10} {term.moved:>9}{share}"


def _ladder(rungs: tuple[RungCount, ...]) -> Iterator[str]:
    if not rungs:
        return
    yield from _section("De ladder")
    yield f"  {'trede':<36} {'gekomen':>8} {'opgelost':>9} {'hoger':>6} {'nu daar':>8}"
    for rung in rungs:
        yield f"  {rung.label[:36]:<36} {rung.entered:>8} {rung.solved:>9} {rung.passed_on:>6} {rung.present:>8}"
    for rung in rungs:
        if rung.target_hours is not None and rung.judged:
            yield from _aim(rung)


def _aim(rung: RungCount) -> Iterator[str]:
    share = rung.within_target / rung.judged
    aim = "" if rung.target_share is None else f"; het streven is {rung.target_share:.0%}"
    reached = ""
    if rung.target_share is not None:
        reached = ", gehaald" if share >= rung.target_share else ", niet gehaald"
    yield (
        f"{rung.label}: binnen {rung.target_hours} uur opgelost {rung.within_target} van {rung.judged}"
        f" ({share:.0%}{aim}{reached})."
    )
    if rung.maximum_hours is not None:
        within = rung.within_maximum / rung.judged
        days = rung.maximum_hours // 24
        yield f"{rung.label}: binnen {days} dagen {rung.within_maximum} van {rung.judged} ({within:.0%})."


def _letters(letters: tuple[LetterCount, ...]) -> Iterator[str]:
    yield from _section("Brieven")
    for letter in letters:
        rest = "".join(
            f", {number} {word}"
            for number, word in ((letter.waiting, "staan klaar"), (letter.failed, "MISLUKT"))
            if number
        )
        yield f"  {letter.sent:>6}  {letter.letter:<6} {letter.title}{rest}"


def _standstill(summary: YearSummary) -> Iterator[str]:
    yield from _section("Wat nog open is, en waarom")
    yield f"{_number(summary.open_cases)} zaken open, waarvan {summary.late_cases} te laat."
    for one in summary.standstills:
        yield from _one_standstill(one)


def _one_standstill(one: Standstill) -> Iterator[str]:
    yield f"  {one.cases:>4}  {one.state}: '{one.term}' is verstreken. Wacht op {one.waits_for}; {one.text}."
    yield f"        bijvoorbeeld {one.example} ({one.workflow})"


def _soundness(made: Demo) -> Iterator[str]:
    report, alarms = made.report, made.summary.alarms
    yield from _section("Liep het zoals het draaiboek zegt?")
    if (one := made.fullest) is not None:
        yield f"De volste inbox: {_inbox(one)}."
    if made.is_sound:
        yield "Ja: geen onverwachte weigering, geen mislukte brief, en beide regelmotoren waren het overal eens."
        return
    if alarms:
        yield f"{alarms} alarmen van de tweede regelmotor; zie `trede doctor`."
    yield from (f"NIET gelukt: {name}: {why}" for name, why in report.failed)
    yield from (f"Niemand volgde het plan '{name}': er kwam geen zaak die erbij past." for name in made.unmet)
    yield from (f"TE VOL: de inbox van {_inbox(one)}." for one in made.too_full)
    yield from _surprises(made, report)


def _inbox(one: FullInbox) -> str:
    whose = f"{one.body} ({one.name})" if one.name else one.body
    return f"{whose}, {one.cases} zaken op {write_day(one.day)}"


def _surprises(made: Demo, report: ScriptReport) -> Iterator[str]:
    if not report.surprises:
        return
    yield f"{len(report.surprises)} handelingen gingen anders dan het draaiboek zegt:"
    with open_runtime(made.settings.workplace, {}) as runtime:
        for one in report.surprises[:_MOST_SURPRISES]:
            text = one.text if one.outcome is None else ""
            yield f"  {one.where}: {one.act} in '{one.plan}' ({one.case_id}) op {write_moment(one.at)}. {text}"
            if one.outcome is not None:
                workflow = _workflow_of(made, one)
                words = ContentWords(runtime.content(workflow, local_day(one.at)))
                yield from (f"  {line}" for line in words.blockers(one.outcome.blockers))


def _workflow_of(made: Demo, surprise: Surprise) -> str:
    return next(plan.workflow for plan in made.script.plans if plan.name == surprise.plan)


def _where(made: Demo) -> Iterator[str]:
    settings, summary = made.settings, made.summary
    met = (case_id for ids in made.report.cases.values() for case_id in ids)
    example = summary.standstills[0].example if summary.standstills else next(met, "ZAAK")
    yield from _section("Kijk zelf verder")
    yield f"Brieven (PDF en HTML, per dag)  {settings.outbox}"
    yield f"Database                        {settings.database_url.partition(':///')[2] or settings.database_url}"
    yield "Probeer:"
    yield f"  cd {_short(settings.workplace)}"
    yield f"  trede case why {example}"
    yield f"  trede letters show {made.example_letter or 'BRIEF'}"
    yield "  trede inbox"


def _short(folder: Path) -> str:
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)


def _section(title: str) -> Iterator[str]:
    yield ""
    yield _title(title)


def _title(text: str) -> str:
    return f"== {text} =="


def _number(number: int) -> str:
    return f"{number:,}".replace(",", ".")
