"""What was proven of one content, kept by its digest, so that a change to one procedure does not prove the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from engine.core.quick_class import dataclass
from engine.proofs.clock_paths import Standing
from engine.proofs.proven import Proven
from engine.proofs.world import Name

Standings = Mapping[str, Mapping[str, frozenset[Standing]]]
"""How the clock of a term may stand in a state, by term and state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptProof:
    """What one content gives by itself: its proofs, and what is surely known in each of its states."""

    proofs: tuple[Proven, ...]
    standings: Standings
    known: Mapping[str, frozenset[str]]


class ProofShelf(Protocol):
    """Where proofs are kept. A name holds the digest of every file the content was read from."""

    def get(self, name: Name) -> KeptProof | None:
        """What was kept of this content; None when nothing was, or when it cannot be trusted."""

    def put(self, name: Name, proof: KeptProof) -> None:
        """Keep this. Where that cannot be done it is proven again next time."""


class NoShelf:
    """Keeps nothing."""

    def get(self, _: Name) -> None:
        """Nothing was kept."""

    def put(self, _: Name, __: KeptProof) -> None:
        """It is not kept."""
