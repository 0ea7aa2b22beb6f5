"""The one door for a person: a name that is given becomes a number here, or a question. Nobody is made on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.core.deciding.meant import with_numbers
from engine.core.deciding.people import People
from engine.core.deciding.question import Question
from engine.core.language.facts import Value
from engine.store.people import read_people

if TYPE_CHECKING:
    from engine.core.content.organisation import Organisation
    from engine.store.readings import Readings


def with_people(
    readings: Readings, question: Question, facts: Mapping[str, Value]
) -> tuple[Question, dict[str, Value]]:
    """The facts with numbers for the names in them, and the question that knows who that are and what must be asked."""
    everybody = read_people(readings, question.content.organisation.id)
    found, unclear = with_numbers(question.content, facts, everybody)
    meant = {**question.people.meant, **{one.number: one for one in everybody if not one.merged_into}}
    return replace(question, people=People(meant=meant), unclear=unclear), found


def names_here(readings: Readings, organisation: Organisation) -> dict[str, str]:
    """The name to show for everybody in the register, by number; of who was merged, that of who they became."""
    if not organisation.people.prefix:
        return {}
    everybody = {one.number: one for one in read_people(readings, organisation.id)}
    return {number: everybody.get(one.merged_into, one).shown for number, one in everybody.items()}
