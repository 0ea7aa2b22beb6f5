"""Afterwards, the second evaluator looks at every case that changed since it last looked."""

from __future__ import annotations

from engine.core.deciding.case import ENGINE
from engine.core.deciding.situation import look
from engine.line.fence import Failed, Fence, Swept
from engine.line.plan import ask_about
from engine.line.second_look import compare, failing
from engine.runtime import Runtime
from engine.store.records import Alarm

LOOKED_AT = "second_look_seq"
BATCH = 100


def look_at_changed(runtime: Runtime) -> Swept:
    """Look again at every case that changed since the last time, from the journal, a handful of cases at a time.

    Each is looked at once, as it stands: at its last line. Comparing only reads. What was found is written briefly,
    together with how far the journal was looked at, so a program that is stopped goes on from there. A case that
    cannot be looked at is an alarm too.
    """
    if runtime.second_evaluator() is None:
        return Swept()
    looked, failed = 0, list[Failed]()
    while True:
        moment = runtime.now()
        alarms: list[Alarm] = []
        fence = Fence("narekenen")
        with runtime.reading() as readings:
            since = int(readings.meta(LOOKED_AT) or 0)
            lines = readings.cases_changed_since(runtime.settings.organisation, since, BATCH)
            for case_id in (case_id for _, case_id in lines if case_id):
                with fence.around(case_id):
                    case = readings.load_case(case_id)
                    alarm = compare(runtime, look(ask_about(runtime, readings, case, ENGINE, moment)))
                    alarms += [alarm] if alarm else []
                    looked += 1
        if not lines:
            return Swept(done=looked, failed=tuple(failed))
        failed += fence.failed
        # Not looked at again before it changes: an alarm stays until somebody has seen it.
        alarms += [failing(runtime.settings.organisation, one.case_id, one.why, moment) for one in fence.failed]
        with runtime.store.transaction() as tx:
            for alarm in alarms:
                tx.record_alarm(alarm)
            tx.set_meta(LOOKED_AT, str(lines[-1][0]))
