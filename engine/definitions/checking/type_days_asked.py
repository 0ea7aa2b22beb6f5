"""Acts by which something comes in: they ask a day, of every transition of their name the same one."""

from __future__ import annotations

from engine.core.content.workflow import Workflow
from engine.definitions.checking.scope import Scope


def check_happened_on(workflow: Workflow, scope: Scope) -> None:
    """The fact is a day that nothing else fills in, and who sends it in by the act may do the act."""
    ways: dict[str, set[str]] = {}
    for act in workflow.transitions:
        if not act.is_automatic:
            ways.setdefault(act.id, set()).add(act.day_asked)
    for act in workflow.transitions:
        happened_on = act.happened_on
        if happened_on is None:
            continue
        where = happened_on.where or act.where
        shape = scope.shape_of(happened_on.fact, where)
        if shape is not None and shape.kind != "date" and happened_on.fact not in scope.derived:
            scope.report("no_day", where, name="happened_on", given=shape.kind)
        if any(said.fact == happened_on.fact for said in act.sets):
            scope.report("happened_on_and_set", where, act=act.id, fact=happened_on.fact)
        for body in happened_on.now_for:
            if body not in act.by:
                scope.report("now_for_nobody", where, act=act.id, body=body, known=set(act.by))
        # Before it is known which of them is taken, the day must be known as of which that is decided.
        if len(ways.get(act.id, ())) > 1:
            scope.report("happened_on_unlike", where, act=act.id, fact=happened_on.fact)
