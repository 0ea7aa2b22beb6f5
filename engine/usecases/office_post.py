"""Post that a machine sends waits for the hours in which people work: nobody is to find a letter dated on a Sunday.

A person who gives the command sends at any hour. What the law counts from the sending then counts from the day on which
it left, so waiting takes nothing from anybody who is written to.
"""

from __future__ import annotations

from datetime import datetime

from engine.core.errors import DefinitionError
from engine.core.legal_clock.office import first_open
from engine.core.moment import local_day
from engine.line.fence import Swept
from engine.runtime import Runtime
from engine.usecases.send_letters import send_letters


def post_goes_from(runtime: Runtime, moment: datetime) -> datetime:
    """From when a machine may send what waits: `moment` itself (UTC), or when the office opens next."""
    organisation = runtime.settings.organisation
    for name in runtime.catalogue.workflows(organisation):
        try:
            content = runtime.content(name, local_day(moment))
        except DefinitionError:  # a broken file of one procedure is no reason to write to people at night
            continue
        office = content.organisation.office
        return moment if office is None else first_open(office, content.calendar, moment)
    return moment


def send_post(runtime: Runtime) -> Swept:
    """Send what waits, when the office is open; nothing otherwise."""
    moment = runtime.now()
    return send_letters(runtime) if post_goes_from(runtime, moment) <= moment else Swept()
