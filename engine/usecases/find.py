"""Find by words whatever they mean: a pupil, a number, a school, a state, a procedure, a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.core.deciding.people import Person
from engine.core.errors import DefinitionError, UsageError
from engine.core.evaluation.prepared import Content
from engine.core.language.names import plain_name
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.line.people import names_here
from engine.runtime import Runtime
from engine.store.finding import Sought, find_cases
from engine.store.records import CaseRow
from engine.usecases.dossier import Found, find_dossiers
from engine.usecases.keep_people import find_people

MOST_CASES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Dossiers, cases and people that answer to all of the words; `names` of handlers, `contents` by workflow."""

    dossiers: tuple[Found, ...]
    cases: tuple[CaseRow, ...]
    people: tuple[Person, ...]
    names: Mapping[str, str]
    contents: Mapping[str, Content]


def find(runtime: Runtime, words: Sequence[str]) -> Findings:
    """What answers to all of these words; capitals and accents mean nothing. Raises UsageError without any word."""
    sought = [part for word in words for part in plain_name(word).split()]
    if not sought:
        raise UsageError("Er is niets om te zoeken.", next_step="Geef een naam, een nummer of een toestand.")
    organisation = runtime.catalogue.organisation(runtime.settings.organisation)
    contents = _contents(runtime)
    with_people = bool(organisation.people.prefix)
    with runtime.reading() as readings:
        names = names_here(readings, organisation)
    meant = [_meaning(runtime, word, contents, names, with_subjects=bool(organisation.subjects)) for word in sought]
    with runtime.reading() as readings:
        cases = find_cases(readings, organisation.id, meant, MOST_CASES)
    return Findings(
        dossiers=find_dossiers(runtime, words) if organisation.subjects else (),
        cases=cases,
        people=find_people(runtime, organisation, words) if with_people else (),
        names=names,
        contents=contents,
    )


def cases_numbered(runtime: Runtime, begin: str) -> tuple[CaseRow, ...]:
    """The cases whose number holds this text, open ones first; at most as many as a list shows."""
    with runtime.reading() as readings:
        sought = [Sought(word=begin.casefold())]
        return find_cases(readings, runtime.settings.organisation, sought, MOST_CASES)


def _contents(runtime: Runtime) -> dict[str, Content]:
    today, found = local_day(runtime.now()), {}
    for name in runtime.catalogue.workflows(runtime.settings.organisation):
        try:
            found[name] = runtime.content(name, today)
        except DefinitionError:  # its cases are found by their numbers
            continue
    return found


def _meaning(
    runtime: Runtime, word: str, contents: Mapping[str, Content], names: Mapping[str, str], *, with_subjects: bool
) -> Sought:
    """What one word may say of a case."""
    flows = {name: content.workflow for name, content in contents.items()}
    bodies = next((content.organisation.bodies for content in contents.values()), {})
    return Sought(
        word=word,
        workflows=[name for name, flow in flows.items() if word in plain_name(f"{name} {flow.title}")],
        states=[
            f"{name}/{state.id}"
            for name, flow in flows.items()
            for state in flow.states
            if word in plain_name(f"{state.id.replace('_', ' ')} {state.label}")
        ],
        owners=[one.id for one in bodies.values() if word in plain_name(one.label)],
        handlers=[number for number, name in names.items() if word in plain_name(name)],
        subjects=[one.number for one in find_dossiers(runtime, [word])] if with_subjects else (),
    )
