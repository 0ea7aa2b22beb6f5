"""Order the letters that could not be ordered when they should, in every case that owes one (F-86)."""

from __future__ import annotations

from engine.core.deciding.owed_letters import order_owed
from engine.line.case_line import open_line
from engine.line.fence import Fence
from engine.runtime import Runtime
from engine.store.transaction import OWED


def order_owed_letters(runtime: Runtime, fence: Fence) -> None:
    """Try each case that owes a letter; where the cause is still there, it goes on owing it."""
    with runtime.reading() as readings:
        owing = [key.removeprefix(OWED) for key, value in readings.metas(OWED).items() if value]
    for case_id in owing:
        with fence.around(case_id), open_line(runtime) as line:
            line.keep(order_owed(line.about(case_id)))
