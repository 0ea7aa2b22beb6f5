"""Hold a script against the content it is to be played with, before anything is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.core.moment import local_day
from engine.definitions.files.places import gathered
from engine.definitions.files.spelling import suggest
from engine.definitions.script import ActKind, Plan, Script, ScriptedAct
from engine.runtime import Runtime


def check_script(runtime: Runtime, script: Script) -> None:
    """Every procedure, entry, transition, state, role and fact must exist.

    Raises DefinitionError with all problems, each at the act it stands in.
    """
    names = runtime.catalogue.workflows(runtime.settings.organisation)
    problems = [problem for plan in script.plans for problem in _check_plan(runtime, names, plan)]
    if problems:
        raise gathered(script.path, problems)


def _check_plan(runtime: Runtime, names: tuple[str, ...], plan: Plan) -> Iterator[DefinitionError]:
    if plan.workflow not in names:
        yield _unknown("procedure", plan.workflow, names, plan.where)
        return
    content = _content(runtime, plan.workflow)
    if plan.opening is not None:
        yield from _check_act(runtime, names, content, plan.opening)
    for way in plan.ways:
        for act in way.acts:
            yield from _check_act(runtime, names, content, act)


def _check_act(
    runtime: Runtime, names: tuple[str, ...], content: Content, act: ScriptedAct
) -> Iterator[DefinitionError]:
    workflow = content.workflow
    yield from _missing("rol", (act.role,), content.organisation.bodies, act)
    yield from _missing("toestand", act.states, [state.id for state in workflow.states], act)
    if act.kind is ActKind.TAKE:
        yield from _missing("overgang", (act.name,), [transition.id for transition in workflow.transitions], act)
    if act.kind is ActKind.OPEN:
        if act.name not in names:
            yield _unknown("procedure", act.name, names, act.where)
            return
        content = _content(runtime, act.name)
        known = ["", *(entry.id for entry in content.workflow.entries)]
        yield from _missing("ingang", (act.entry,), known, act)
    yield from _missing("gegeven", act.facts, content.rules.facts, act)


def _content(runtime: Runtime, workflow: str) -> Content:
    return runtime.content(workflow, local_day(runtime.now()))


def _missing(what: str, used: Iterable[str], known: Iterable[str], act: ScriptedAct) -> Iterator[DefinitionError]:
    there = set(known)
    return (_unknown(what, name, sorted(there), act.where) for name in used if name not in there)


def _unknown(what: str, name: str, known: Iterable[str], where: str) -> DefinitionError:
    article = "Het" if what == "gegeven" else "De"
    return DefinitionError(f'{article} {what} "{name}" bestaat niet.', where=where, next_step=suggest(name, known))
