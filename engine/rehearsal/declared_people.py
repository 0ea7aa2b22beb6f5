"""The people of a rehearsal: a story says who is in the register when it begins, as a demo does."""

from __future__ import annotations

from collections.abc import Sequence

from engine.core.deciding.case import ENGINE_ROLE, Actor
from engine.core.deciding.keeping_people import Keeping, Kept, add_person
from engine.core.deciding.people import Person
from engine.core.deciding.step import Refusal
from engine.core.finding import fault
from engine.definitions.files.places import as_error
from engine.line.case_line import open_line
from engine.runtime import Runtime
from engine.usecases.keep_people import keep_people, organisation_with_people


def declare_people(runtime: Runtime, names: Sequence[str], where: str) -> None:
    """Put these people in the register, in this order. Raises DefinitionError for what is no name, or comes twice."""
    if not names:
        return
    organisation = organisation_with_people(runtime)
    actor = Actor(role=next(iter(organisation.people.kept_by), ENGINE_ROLE))
    for name in names:

        def decide(keeping: Keeping, name: str = name) -> Kept | Refusal:
            is_twice = any(one.name == name for one in keeping.everybody.values())
            return add_person(keeping, Person(organisation=organisation.id, number="", name=name), is_sure=not is_twice)

        with open_line(runtime) as line:
            if isinstance(keep_people(line, organisation, actor, decide), Refusal):
                raise as_error(fault("no_person_to_declare", where, name=name))
