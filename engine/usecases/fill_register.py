"""Fill the register of subjects from the cases there are, as part of `trede upgrade`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from engine.core.deciding.registering import fill_register
from engine.line.case_line import Line, open_line
from engine.line.fence import Fence, Swept
from engine.runtime import Runtime

BATCH = 50


def fill_registers(runtime: Runtime) -> Swept:
    """Let every case put what it holds of its subject in the register; how many did.

    The newest first: what was said last of a family is what goes for it, and the register is not written over. A case
    whose content cannot be read is reported, and does so with its next step.
    """
    with runtime.reading() as readings:
        found = sorted(readings.each_case(runtime.settings.organisation), key=lambda case: (case.opened_at, case.id))
    ids, filled, fence = [case.id for case in reversed(found)], 0, Fence("dossiers vullen")
    for start in range(0, len(ids), BATCH):
        with open_line(runtime) as line:
            filled += line.settle(partial(_plan, line, ids[start : start + BATCH], fence))
    fence.remember(runtime)
    return Swept(done=filled, failed=fence.failed)


def _plan(line: Line, case_ids: Sequence[str], fence: Fence) -> int:
    filled = 0
    for case_id in case_ids:
        with fence.around(case_id):
            filled += line.add(fill_register(line.about(case_id)), alone=True)  # an upgrade moves no case
    return filled
