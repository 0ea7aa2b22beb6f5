"""The straight line of a command on a case, read from top to bottom:

    with open_line(runtime) as line:
        return line.keep(act(line.about(case_id, actor), command))

The moment is read once, the case is loaded once, and what is kept is written wholly or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from engine.core.deciding.case import ENGINE, Actor
from engine.core.deciding.opening import Opening
from engine.core.deciding.question import Question
from engine.core.deciding.step import Refusal, Step
from engine.core.evaluation.prepared import Content
from engine.core.moment import local_day
from engine.line.asking import ask_about, ask_to_open
from engine.line.keeping import write_step

if TYPE_CHECKING:
    from engine.runtime import Runtime
    from engine.store.transaction import Transaction


class Line:
    """One command, from its first question to what is written of it, at one `moment` (UTC)."""

    def __init__(self, runtime: Runtime, tx: Transaction, moment: datetime) -> None:
        self.runtime, self.tx, self.moment = runtime, tx, moment
        self._asked: dict[str, Question] = {}

    def content(self, workflow: str) -> Content:
        """The content in force now. Raises DefinitionError when there is none."""
        return self.runtime.content(workflow, local_day(self.moment))

    def about(self, case_id: str, actor: Actor = ENGINE) -> Question:
        """The question about a case; asked again, it is not loaded again.

        Raises CaseError when the case is not there, DefinitionError when its content is gone.
        """
        asked = self._asked.get(case_id)
        if asked is None:
            case = self.tx.load_case(case_id)
            asked = self._asked[case_id] = ask_about(self.runtime, self.tx, case, ENGINE, self.moment)
        return asked.by(actor)

    def about_new(self, content: Content, opening: Opening, actor: Actor) -> Question:
        """The question whether a case may be opened."""
        return ask_to_open(self.tx, content, opening, actor, self.moment)

    def new_number(self, content: Content) -> str:
        """A number for a case that will be opened; numbers follow each other without gaps."""
        year = local_day(self.moment).year
        return self.tx.new_case_number(content.organisation.id, content.workflow.prefix, year)

    def keep(self, outcome: Step | Refusal, *, dry_run: bool = False) -> Step | Refusal:
        """Write a step and all that follows from it; a refusal and a dry run write nothing.

        Raises CaseError when the case was changed meanwhile.
        """
        if isinstance(outcome, Step) and not dry_run:
            self._asked.clear()  # what was asked is over
            content = self.runtime.content_of(outcome.after, local_day(self.moment))
            write_step(self.runtime, self.tx, content, outcome, self.moment)
        return outcome


@contextmanager
def open_line(runtime: Runtime) -> Iterator[Line]:
    """A line for one command; when the block raises, nothing was written."""
    moment = runtime.now()
    with runtime.store.transaction() as tx:
        yield Line(runtime, tx, moment)
