"""Proofs beside the kept report of `rules check`: a file for each content, under a digest of it and of this program."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from engine.core.finding import Level, found
from engine.proofs.clock_paths import Standing
from engine.proofs.proven import Proven
from engine.proofs.shelf import KeptProof
from engine.proofs.world import Name
from engine.usecases.kept_check import plain, read_sealed, write_sealed

_KEPT_PER_WORKFLOW = 8
"""Versions that are in force after one another, and some saved changes."""


class ProofFolder:
    """The proofs that are kept in a folder, made by the `program` with this digest."""

    def __init__(self, folder: Path, program: str) -> None:
        self._folder, self._program = folder, program

    def get(self, name: Name) -> KeptProof | None:
        """What was kept of this content by the same program; None when nothing was, or when it was damaged."""
        told = read_sealed(*self._place(name))
        if told is None:
            return None
        return KeptProof(
            proofs=tuple(
                Proven(
                    findings=tuple(found(**one | {"level": Level(one["level"])}) for one in proof["findings"]),
                    line=proof["line"],
                )
                for proof in told["proofs"]
            ),
            standings={
                term: {state: frozenset(map(Standing, ways)) for state, ways in states.items()}
                for term, states in told["standings"].items()
            },
            known={state: frozenset(facts) for state, facts in told["known"].items()},
        )

    def put(self, name: Name, proof: KeptProof) -> None:
        """Keep this; a folder that cannot be written costs time and nothing else."""
        path, seal = self._place(name)
        self._make_room(name)
        write_sealed(
            path,
            seal,
            {
                "proofs": [
                    {"findings": [plain(finding) for finding in one.findings], "line": one.line} for one in proof.proofs
                ],
                "standings": {
                    term: {state: sorted(way.value for way in ways) for state, ways in states.items()}
                    for term, states in proof.standings.items()
                },
                "known": {state: sorted(facts) for state, facts in proof.known.items()},
            },
        )

    def _place(self, name: Name) -> tuple[Path, str]:
        digest = sha256("\0".join((*name, self._program)).encode()).hexdigest()
        return self._folder / f"{_prefix(name)}{digest[:16]}.json", digest

    def _make_room(self, name: Name) -> None:
        """Take away the oldest of a workflow: every saved change leaves one."""
        for old in sorted(self._folder.glob(f"{_prefix(name)}*.json"), key=_age)[: -_KEPT_PER_WORKFLOW + 1]:
            old.unlink(missing_ok=True)


def _prefix(name: Name) -> str:
    return f"proof-{'-'.join(name[:2])}-"


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # another check took it away
        return 0.0
