"""Which procedures a demo of a whole year leaves out."""

from __future__ import annotations

from engine.rehearsal.make_demo import Demo

# Procedures of an organisation that its year does not play, with the reason. A procedure that is neither played nor
# here fails the year, and so does one that is here and played after all.
NOT_PLAYED: dict[str, dict[str, str]] = {"almere": {}, "haarlemmermeer": {}}


def never_played(made: Demo) -> set[str]:
    """The procedures that differ: not played without a reason, or played although a reason says that they are not."""
    told = NOT_PLAYED[made.script.organisation].keys()
    return {count.workflow for count in made.summary.workflows if not count.opened} ^ told
