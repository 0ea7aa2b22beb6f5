"""Who may act: the bodies a transition names, widened by the register of mandates (Awb 10:1-10:11)."""

from __future__ import annotations

from datetime import date

from engine.core.content.organisation import Mandate, Organisation
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """The right to act: in one's own name, or under `mandate` in the name of its giver."""

    role: str
    mandate: Mandate | None = None

    @property
    def on_behalf_of(self) -> str:
        """The body in whose name the act is done; empty when it is done in one's own name."""
        return self.mandate.giver if self.mandate else ""


def find_authority(
    organisation: Organisation, role: str, entitled: tuple[str, ...], act: str, day: date
) -> Authority | None:
    """The authority of `role` for `act` (workflow.transition) on a local day; None when it has none.

    `entitled` are the bodies the content lets act. A mandate counts from its first through its last day.
    """
    if role in entitled:
        return Authority(role=role)
    mandate = next(
        (
            mandate
            for mandate in organisation.mandates
            if mandate.holder == role
            and mandate.giver in entitled
            and covers(mandate, act)
            and is_valid_on(mandate, day)
        ),
        None,
    )
    return Authority(role=role, mandate=mandate) if mandate else None


def find_entitled(organisation: Organisation, entitled: tuple[str, ...], act: str, day: date) -> tuple[str, ...]:
    """Everybody who may do the act on a local day: the bodies themselves, then who holds a mandate of one of them."""
    holders = (
        mandate.holder
        for mandate in organisation.mandates
        if mandate.giver in entitled and covers(mandate, act) and is_valid_on(mandate, day)
    )
    return tuple(dict.fromkeys((*entitled, *holders)))


def covers(mandate: Mandate, act: str) -> bool:
    """True when the mandate names this act, or all acts of its workflow with `workflow.*`."""
    return act in mandate.acts or f"{act.split('.')[0]}.*" in mandate.acts


def is_valid_on(mandate: Mandate, day: date) -> bool:
    """True from the first through the last day of the mandate."""
    through = mandate.valid_through
    return mandate.valid_from <= day and (through is None or day <= through)
