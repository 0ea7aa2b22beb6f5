"""A draw that was done, drawn again from what was kept, and held against whom it would be drawn from now."""

from __future__ import annotations

from engine.core.deciding.planned_work import occasions
from engine.core.deciding.sampling import groups_of
from engine.core.errors import UsageError
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.line.case_line import open_line
from engine.line.planning import Scheduled, draw, entitled, planned_in, planning_workflows
from engine.runtime import Runtime
from engine.store.planned import DrawRow, TurnRow, draw_of, draws_done, occasions_since


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDraw:
    """A draw as it was kept, by group how many there were and how many came out, and what became of who was drawn.

    `is_same`: who draws again, with the same seed from the same people, gets the same list. `joined`, `left` and
    `other_group` are the numbers in which whom it would be drawn from now differs from whom it was.
    """

    row: DrawRow
    label: str
    groups: tuple[tuple[str, int, int], ...]
    is_same: bool
    joined: tuple[str, ...]
    left: tuple[str, ...]
    other_group: tuple[str, ...]
    done: tuple[TurnRow, ...]


def show_draw(runtime: Runtime, work: str, slot: str = "") -> ShownDraw:
    """The draw of this work for a round (empty: the latest). Raises UsageError when there is none."""
    with runtime.reading() as readings:
        done = draws_done(readings)
        wanted = slot or next((at for name, at in reversed(done) if name == work), "")
        row = draw_of(readings, work, wanted)
        if row is None:
            raise UsageError("no_draw", draw=f"{work} {slot}".strip(), known=tuple(f"{name} {at}" for name, at in done))
        came_up = tuple(
            one for one in occasions_since(readings, row.planned_for) if (one.work, one.slot) == (work, row.slot)
        )
    planned = _planned(runtime, work)
    now = _drawn_now(runtime, planned, row) if planned else row
    then, today = ({one.number: one.group for one in kept.population} for kept in (row, now))
    before, drawn = groups_of(row.population), groups_of(row.drawn)
    return ShownDraw(
        row=row,
        label=planned.work.label if planned else work,
        groups=tuple((name, len(members), len(drawn.get(name, ()))) for name, members in before.items()),
        is_same=row.sampling.drawn(row.seed, row.population) == row.drawn,
        joined=tuple(sorted(today.keys() - then.keys())),
        left=tuple(sorted(then.keys() - today.keys())),
        other_group=tuple(sorted(one for one in then.keys() & today.keys() if then[one] != today[one])),
        done=came_up,
    )


def _planned(runtime: Runtime, work: str) -> Scheduled | None:
    """The work as the content has it now; None when it has it no longer."""
    today = local_day(runtime.now())
    for workflow in planning_workflows(runtime, today):
        for one in planned_in(runtime, workflow, today):
            if one.name == work and one.work.draw is not None:
                return one
    return None


def _drawn_now(runtime: Runtime, planned: Scheduled, row: DrawRow) -> DrawRow:
    with open_line(runtime) as line:
        whom = entitled(line.work, planned)
        found = occasions(planned.content, planned.work, whom, row.planned_for, row.planned_for)
        return draw(runtime, line.plan, planned, found, line.moment) if found else row
