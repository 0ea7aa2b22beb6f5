"""For whom a view is made."""

from __future__ import annotations

from enum import StrEnum

from engine.core.quick_class import dataclass


class Purpose(StrEnum):
    """What a view is for, which decides what is in it (GDPR art. 5(1)(b) and (c): no more than the purpose asks)."""

    HANDLING = "handling"  # somebody works on the case: special categories are named, and not shown
    HANDING_OVER = "handing_over"  # another program takes the case over, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who looks, in which role (empty: nobody in particular), and what for."""

    person: str = ""
    role: str = ""
    purpose: Purpose = Purpose.HANDLING

    @property
    def is_shown_special_categories(self) -> bool:
        """Whether values of special categories (health and the like, GDPR art. 9) are shown to this reader."""
        return self.purpose is Purpose.HANDING_OVER
