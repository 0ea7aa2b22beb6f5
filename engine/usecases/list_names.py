"""How everything is called that somebody can type, with its words: from the content in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from engine.core.content.organisation import Organisation
from engine.core.content.subjects import strange_kind
from engine.core.dutch import join_words
from engine.core.errors import UsageError
from engine.core.evaluation.prepared import Content
from engine.core.moment import local_day
from engine.runtime import Runtime

Row = tuple[str, str, str]
"""Name to type, words, remark."""


def names_of(runtime: Runtime, kind: str, workflow: str = "") -> tuple[Row, ...]:
    """The names of one kind, of a workflow or (empty) of all; each once, in the order of the content.

    Raises UsageError for a workflow that is not there, DefinitionError when its content cannot be read.
    """
    organisation = runtime.catalogue.organisation(runtime.settings.organisation)
    if kind in _OF_ORGANISATION:
        return tuple(_OF_ORGANISATION[kind](organisation))
    names, today = runtime.catalogue.workflows(organisation.id), local_day(runtime.now())
    if workflow and workflow not in names:
        raise UsageError(f"De procedure '{workflow}' bestaat niet.", next_step=f"Er is: {', '.join(names)}.")
    if kind == "procedures":
        return tuple(_procedure(runtime.content(name, today), today) for name in names)
    found: dict[tuple[str, str], Row] = {}
    for name in (workflow,) if workflow else names:
        for row in _OF_CONTENT[kind](runtime.content(name, today)):
            found.setdefault(row[:2], row)
    return tuple(found.values())


def people_here(runtime: Runtime, organisation: Organisation) -> Iterator[tuple[str, str]]:
    """The numbers and names of who is in the register."""
    from engine.line.people import names_here  # most lists name nobody

    with runtime.reading() as readings:
        yield from names_here(readings, organisation).items()


def _procedure(content: Content, today: date) -> Row:
    entries = join_words([one.id for one in content.workflow.entries], "of")
    return content.workflow.id, content.workflow.title, f"ingang: {entries}"


def _states(content: Content) -> Iterator[Row]:
    bodies = content.organisation.bodies
    for state in content.workflow.states:
        owner = bodies[state.owner].label if state.owner in bodies else state.owner
        yield state.id, state.label, "einde" if state.is_end else f"aan zet: {owner}"


def _acts(content: Content) -> Iterator[Row]:
    for one in content.workflow.transitions:
        if not one.is_automatic:
            yield one.id, one.label, f"vanuit {one.origin}"


def _facts(content: Content) -> Iterator[Row]:
    for rule in content.rules.facts.values():
        # What the register holds of another kind of subject is no fact of this procedure.
        if rule.supplied_by and strange_kind(content.organisation.subjects, content.subject_kind, rule.id) is None:
            yield rule.id, rule.label, f"{rule.type.value}; van {join_words(list(rule.supplied_by), 'of')}"


def _letters(content: Content) -> Iterator[Row]:
    for letter in content.letters.values():
        yield letter.id, letter.title, letter.level


def _terms(content: Content) -> Iterator[Row]:
    for term in content.terms():
        yield term.id, term.label, "; ".join(term.basis)


def _roles(organisation: Organisation) -> Iterator[Row]:
    yield from ((one.id, one.label, "") for one in organisation.bodies.values())


def _schools(organisation: Organisation) -> Iterator[Row]:
    yield from ((one.number, one.name, one.place) for one in organisation.schools.values())


def _boards(organisation: Organisation) -> Iterator[Row]:
    yield from ((one.number, one.name, one.place) for one in organisation.boards.values())


_OF_ORGANISATION: Mapping[str, Callable[[Organisation], Iterator[Row]]] = {
    "roles": _roles,
    "schools": _schools,
    "boards": _boards,
}
_OF_CONTENT: Mapping[str, Callable[[Content], Iterator[Row]]] = {
    "states": _states,
    "acts": _acts,
    "facts": _facts,
    "letters": _letters,
    "terms": _terms,
}
