"""The demo: a rehearsal workplace in which a script is played, from register to summary."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from engine.core.deciding.case import Actor
from engine.core.errors import UsageError
from engine.core.quick_class import dataclass
from engine.definitions.reading.script_file import read_script
from engine.definitions.script import Script
from engine.rehearsal.check_script import check_script
from engine.rehearsal.declared_people import declare_people
from engine.rehearsal.full_inboxes import FullInbox, InboxWatch
from engine.rehearsal.player import play
from engine.rehearsal.report import ScriptReport
from engine.reports.year_summary import YearSummary
from engine.runtime import Runtime, open_runtime
from engine.settings import FILE_NAME, Settings
from engine.store.figures import example_letter
from engine.usecases.import_register import ImportReport, import_register
from engine.usecases.init_workplace import init_workplace
from engine.usecases.look_at_changed import look_at_changed
from engine.usecases.summarise_year import summarise_year

MARK = ".trede-demo"
SCRIPT_FILE = "acts.yaml"

OnStage = Callable[[str], None]
OnDay = Callable[[datetime], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What was made: where it lies, what came of the script, and the figures.

    `unmet` are plans that no case ever fitted in; in a run that stops early nothing can be said about that.
    """

    settings: Settings
    script: Script
    imported: int
    report: ScriptReport
    summary: YearSummary
    example_letter: str
    unmet: tuple[str, ...]
    fullest: FullInbox | None = None
    too_full: tuple[FullInbox, ...] = ()

    @property
    def is_sound(self) -> bool:
        """True when everything went as the script says."""
        went_otherwise = self.report.surprises or self.report.failed or self.unmet or self.too_full
        return not (went_otherwise or self.summary.alarms)


def find_examples(content_root: Path) -> tuple[Path, ...]:
    """The folders of the examples with a script, by name. Raises UsageError when there is none."""
    if found := tuple(sorted(path.parent for path in content_root.glob(f"examples/*/{SCRIPT_FILE}"))):
        return found
    raise UsageError(
        f"Bij {content_root} staat geen voorbeeld.",
        next_step=f"Geef --example met een map waarin {SCRIPT_FILE} staat.",
    )


def read_example(example: Path) -> Script:
    """The script of an example. Raises UsageError when the folder has none, DefinitionError when it is wrong."""
    path = example / SCRIPT_FILE
    if not path.is_file():
        raise UsageError(f"In {example} staat geen {SCRIPT_FILE}.", next_step="Geef --example met een andere map.")
    return read_script(path)


def _workplace(folder: Path, script: Script, content_root: Path, beside: Settings | None) -> Settings:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("Deze map is gemaakt door `trede demo` en wordt door `trede demo` vervangen.\n")
    return init_workplace(
        folder,
        organisation=script.organisation,
        is_rehearsal=True,
        clock_at=script.starts_at,
        copied_from=content_root if beside is None else None,
        content=None if beside is None else beside.content_root,
        database_url="" if beside is None else beside.database_url,
        joins=beside is not None,
    )


def make_demo(
    folder: Path,
    script: Script,
    content_root: Path,
    *,
    beside: Settings | None = None,
    until: datetime | None = None,
    on_stage: OnStage | None = None,
    on_day: OnDay | None = None,
) -> Demo:
    """Make the workplace, take over the register, play the script (at most until a moment in UTC), and count.

    With `beside`, the workplace of another organisation, it shares the database and the content of that one. An
    earlier demo in `folder` is replaced. Raises UsageError when something else is there, or when the register
    has bad rows.
    """
    say = on_stage or (lambda _: None)
    is_whole = until is None or until >= script.ends_at
    if until is not None:
        script = replace(script, ends_at=min(until, script.ends_at))
    _clear(folder)
    say("De oefenwerkplek wordt gemaakt")
    settings = _workplace(folder, script, content_root, beside)
    with open_runtime(folder, {}) as runtime:
        check_script(runtime, script)
        declare_people(runtime, script.people, script.path)
        say("Het register wordt overgenomen")
        imported = take_over_register(runtime, script)
        say(f"{script.title}: de oefenklok loopt")
        watch = InboxWatch(runtime, script.inboxes, on_day or (lambda _: None))
        report = play(runtime, script.plans, until=script.ends_at, on_day=watch.at_the_end_of)
        say("De tweede regelmotor kijkt mee")
        runtime.keep_second_evaluator()
        look_at_changed(runtime)
        say("De cijfers worden opgemaakt")
        summary = summarise_year(runtime)
        with runtime.reading() as readings:
            letter = example_letter(readings, settings.organisation)
    return Demo(
        settings=settings,
        script=script,
        imported=imported.opened if imported else 0,
        report=report,
        summary=summary,
        example_letter=letter,
        unmet=report.unmet if is_whole else (),
        fullest=watch.fullest,
        too_full=tuple(watch.too_full),
    )


def take_over_register(runtime: Runtime, script: Script) -> ImportReport | None:
    """Import the register that the script names, if any. Raises UsageError when rows are bad."""
    order = script.register_order
    if order is None:
        return None
    path = Path(script.path).parent / order.file
    if not path.is_file():
        raise UsageError(f"Het register {path} is er niet.", where=script.path, next_step="Verbeter register: file.")
    report = import_register(runtime, order.workflow, path, Actor(role=order.role), entry_id=order.entry)
    if report.bad:
        first = report.bad[0]
        raise UsageError(
            f"Het register heeft {len(report.bad)} fouten; de eerste: {first.column} {first.text}",
            where=f"{path}:{first.line}",
            next_step=f"Probeer `trede import {order.workflow} {path}`; die noemt ze alle.",
        )
    return report


def _clear(folder: Path) -> None:
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not (folder / MARK).is_file():
        what = "een werkplek die niet door de demo is gemaakt" if (folder / FILE_NAME).exists() else "iets anders"
        raise UsageError(
            f"In {folder} staat al {what}.",
            why="De demo overschrijft alleen een eerdere demo.",
            next_step="Kies een andere map: `trede demo MAP`.",
        )
    shutil.rmtree(folder)
