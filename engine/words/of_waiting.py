"""What a case waits for, in Dutch: one clause, with the labels of the content."""

from __future__ import annotations

from datetime import date

from engine.core.deciding.lateness import ClockStanding
from engine.core.deciding.waiting import Waits, act_by_day, last_day_of
from engine.core.dutch import count_words, join_words, write_day
from engine.core.evaluation.prepared import Content

_MOST_FACTS = 2


def say_bodies(content: Content, waits: Waits) -> str:
    """On whom."""
    bodies = content.organisation.bodies
    return join_words([bodies[one].label if one in bodies else one or "niemand" for one in waits.bodies], "of")


def say_what(content: Content, waits: Waits) -> str:
    """For what."""
    if waits.transition is None:
        term = content.find_term(waits.term)
        return f"het verloop van '{term.label}'" if term else "er kan niets met de hand"
    if waits.can_be_done:
        return f"'{waits.transition.label}' kan nu"
    if not waits.missing:
        return f"'{waits.transition.label}' kan nog niet: aan de voorwaarde is niet voldaan"
    facts = content.rules.facts
    labels = [facts[one].label if one in facts else one for one in waits.missing[:_MOST_FACTS]]
    more = len(waits.missing) - _MOST_FACTS
    return f"voor '{waits.transition.label}' ontbreekt: {', '.join(labels)}" + (f" en {more} meer" if more > 0 else "")


def say_pressing(content: Content, standing: ClockStanding, today: date) -> str:
    """How late, or by when at the latest; empty where no day is known."""
    label, last = content.term(standing.clock.term).label, last_day_of(standing.projection)
    if standing.is_late and last is not None:
        days = (today - last).days
        late = f"{count_words(days, 'dag', 'dagen')} TE LAAT" if days > 0 else "TE LAAT"
        return f"{late} met '{label}' (laatste dag was {write_day(last)})"
    day = act_by_day(standing)
    if day is None:
        return ""
    if day < today:
        return f"KRAP voor '{label}': het moest uiterlijk {write_day(day)} verder"
    return f"uiterlijk {write_day(day)}, voor '{label}'"
