"""The register of the people who work on cases, as content declares it: how they are numbered, what their names bear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from engine.core.language.facts import Declared
from engine.core.language.names import NameRules
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleRegister(Declared):
    """`prefix` begins the number of everybody in it (P-0001); without one an organisation keeps no register.

    `kept_by` are the bodies that may change it. `titles` and `salutations` are no part of a name (`NameRules`);
    `disciplines` are what a professional may be, by id.
    """

    prefix: str = ""
    kept_by: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    salutations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    disciplines: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> NameRules:
        """How names are compared here."""
        return NameRules(titles=self.titles, salutations=self.salutations)

    def number(self, place: int) -> str:
        """The number of the person who came at this place, counted from 1."""
        return f"{self.prefix}-{place:04d}"

    def as_number(self, text: str) -> str:
        """The number as it is written, when the text is one in any case; empty when it is something else."""
        found = re.fullmatch(rf"{re.escape(self.prefix)}-?([0-9]{{1,9}})", text.strip(), re.IGNORECASE)
        return self.number(int(found[1])) if found and self.prefix else ""


NO_REGISTER = PeopleRegister()
"""Of an organisation that keeps none: a person is the text that was typed."""


def registers_over_each_other(layers: Iterable[PeopleRegister]) -> PeopleRegister:
    """The registers of all layers, lowest first: a higher layer says more, or says it otherwise."""
    found = NO_REGISTER
    for layer in layers:
        found = replace(
            layer,
            prefix=layer.prefix or found.prefix,
            kept_by=layer.kept_by or found.kept_by,
            titles=(*found.titles, *layer.titles),
            salutations={**found.salutations, **layer.salutations},
            disciplines={**found.disciplines, **layer.disciplines},
            where=layer.where or found.where,
        )
    return found
