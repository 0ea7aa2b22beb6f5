"""The letters of a case that have not left, for who mends something that they may say."""

from __future__ import annotations

from dataclasses import replace

from engine.core.deciding.question import Question, WaitingLetter
from engine.line.case_line import Line
from engine.store.readings import Readings


def with_waiting(line: Line, question: Question) -> Question:
    """The same question with the letters of the case that can still be mended: none that somebody is sending."""
    return waiting_in(line.work, question)


def waiting_in(readings: Readings, question: Question) -> Question:
    """The same, by what stands in the database."""
    if not any(mark.sent_on is None for mark in question.case.letters):
        return question
    rows = readings.letters(question.case.id)
    return replace(
        question,
        waiting=tuple(
            WaitingLetter(letter=row.letter, status=row.status, ordered_at=row.ordered_at)
            for row in rows
            if row.status in ("waiting", "failed", "held", "withdrawn") and row.frozen is None
        ),
    )
