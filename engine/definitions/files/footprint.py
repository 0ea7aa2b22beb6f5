"""What a piece of content was made from: files, folders, and the days for which the same files are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from engine.core.quick_class import dataclass

if TYPE_CHECKING:
    from engine.core.evaluation.prepared import Content

_ONE_DAY = timedelta(days=1)


class LowerRules(NamedTuple):
    """A layer that rules were laid on: whose it is, which version, and the digest of its text unless it was law."""

    owner: str
    rule_set: str
    version: date
    digest: str


class Pinned(NamedTuple):
    """What a case keeps: the versions of its workflow and rules, with the digests of their files where it has them.

    `law` is the first day of the newest law under its rules when it was opened; None in a case of before that was
    kept, which goes by the law of the day. `lower` names the layers under its rules, as `RuleSet.lower` does; None in
    a case of before that was kept.
    """

    workflow: date
    rules: date
    workflow_digest: str = ""
    rules_digest: str = ""
    law: date | None = None
    lower: str | None = None

    def lower_rules(self) -> tuple[LowerRules, ...]:
        """The layers under the rules, lowest first; none in a case of before they were kept."""
        return read_lower(self.lower)


def read_lower(text: str | None) -> tuple[LowerRules, ...]:
    """The layers that `RuleSet.lower` names."""
    return tuple(map(_read_one, (text or "").split()))


def _read_one(text: str) -> LowerRules:
    named, _, digest = text.partition(":")
    owner, _, rest = named.partition("/")
    rule_set, _, day = rest.partition("@")
    return LowerRules(owner, rule_set, date.fromisoformat(day), digest)


def pins_on(content: Content) -> Pinned:
    """What a case that is opened under this content keeps."""
    workflow, rules = content.workflow, content.rules
    return Pinned(workflow.valid_from, rules.valid_from, workflow.digest, rules.digest, rules.law, rules.lower)


@dataclass(slots=True)
class Footprint:
    """Grows while content is loaded.

    `files` gives the SHA-256 of each file as it was read. `first_day` and `last_day` (both inclusive) bound the
    days on which the same versions are chosen.
    """

    files: dict[str, str] = field(default_factory=dict)
    folders: dict[str, None] = field(default_factory=dict)
    first_day: date = date.min
    last_day: date = date.max

    @property
    def digest(self) -> str:
        """SHA-256 over the names and contents of all files used."""
        from hashlib import sha256  # who reads a compiled copy has the digest there

        listed = "\n".join(f"{path} {digest}" for path, digest in sorted(self.files.items()))
        return sha256(listed.encode()).hexdigest()

    def use_folder(self, path: str) -> None:
        """The names in this folder mattered."""
        self.folders[path] = None

    def choose(self, versions: Sequence[date], chosen: date | None) -> None:
        """Another day would choose another version before or after these bounds."""
        if chosen is not None:
            self.first_day = max(self.first_day, chosen)
        later = [version for version in versions if chosen is None or version > chosen]
        if later:
            self.last_day = min(self.last_day, min(later) - _ONE_DAY)
