"""What the terms of a case wait for, on the screen: letters that were ordered and still have to leave."""

from __future__ import annotations

from engine.core.content.term_rules import SUSPENDED_WHILE
from engine.core.deciding.case import Case
from engine.core.deciding.sending import Awaited, awaited_by
from engine.core.dutch import join_words
from engine.core.evaluation.prepared import Content


def awaited_lines(content: Content, case: Case) -> list[str]:
    """One line for each term and letter: what the term waits for, and to whom that letter goes."""
    return list(map(_awaited_line, awaited_by(content, case)))


def _awaited_line(awaited: Awaited) -> str:
    term, name = awaited.term, awaited.sending.of
    waits = "wacht op"
    if name in (*term.suspended_in, *term.suspends_on, SUSPENDED_WHILE):
        waits = "staat pas stil na"
    elif name not in (*term.starts_in, *term.starts_on):
        waits = "nieuwe laatste dag telt pas na"
    readers = join_words(list(dict.fromkeys(one.partition(".")[0] for one in awaited.readers)))
    return f"  {term.label}: {waits} verzending van {awaited.sending.letter} aan {readers}  [{term.id}]"
