"""Hold a script against the content it is to be played with, before anything is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, fault
from engine.core.moment import local_day
from engine.definitions.reading.sources import raise_all
from engine.definitions.script import ActKind, CasePlan, Script, ScriptedAct
from engine.runtime import Runtime


def check_script(runtime: Runtime, script: Script) -> None:
    """Every procedure, entry, transition, state, role and fact must exist.

    Raises DefinitionError with all findings, each at the act it stands in.
    """
    names = runtime.catalogue.workflows(runtime.settings.organisation)
    raise_all(script.path, (finding for plan in script.plans for finding in _check_plan(runtime, names, plan)))


def _check_plan(runtime: Runtime, names: tuple[str, ...], plan: CasePlan) -> Iterator[Finding]:
    if plan.workflow not in names:
        yield _unknown("workflow", plan.workflow, names, plan.where)
        return
    content = _content(runtime, plan.workflow)
    yield from _check_records(content, plan)
    if plan.opening is not None:
        yield from _check_act(runtime, names, content, plan.opening)
    for way in plan.ways:
        for act in way.acts:
            yield from _check_act(runtime, names, content, act)


def _check_records(content: Content, plan: CasePlan) -> Iterator[Finding]:
    """What is put in a dossier must be of a kind that it holds, with fields that kind has."""
    kinds = content.subject_kind.records if content.subject_kind else {}
    for name, records in plan.records.items():
        if name not in kinds:
            yield _unknown("record", name, sorted(kinds), plan.where)
            continue
        fields = kinds[name].amendable()
        for field in sorted({field for record in records for field in record} - fields.keys()):
            yield _unknown("field", field, sorted(fields), plan.where)


def _check_act(runtime: Runtime, names: tuple[str, ...], content: Content, act: ScriptedAct) -> Iterator[Finding]:
    workflow = content.workflow
    yield from _missing("role", (act.role,), content.organisation.bodies, act)
    yield from _missing("state", act.states, [state.id for state in workflow.states], act)
    if act.kind is ActKind.TAKE:
        yield from _missing("transition", (act.name,), [transition.id for transition in workflow.transitions], act)
    if act.kind is ActKind.OPEN:
        if act.name not in names:
            yield _unknown("workflow", act.name, names, act.where)
            return
        content = _content(runtime, act.name)
        known = ["", *(entry.id for entry in content.workflow.entries)]
        yield from _missing("entry", (act.entry,), known, act)
    yield from _missing("fact", act.facts, content.rules.facts, act)


def _content(runtime: Runtime, workflow: str) -> Content:
    return runtime.content(workflow, local_day(runtime.now()))


def _missing(what: str, used: Iterable[str], known: Iterable[str], act: ScriptedAct) -> Iterator[Finding]:
    there = set(known)
    return (_unknown(what, name, sorted(there), act.where) for name in used if name not in there)


def _unknown(what: str, name: str, known: Iterable[str], where: str) -> Finding:
    return fault("script_names_nothing", where, what=what, name=name, known=set(known))
