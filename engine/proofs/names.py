"""The check that a name means something, in one wording for every kind of name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from engine.proofs.problems import Problem, suggest, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The known names of one kind, with its Dutch name and what to do when a name must be added.

    `kind` is the word for programs, `noun` what a person reads ("De toestand").
    """

    kind: str
    noun: str
    known: Collection[str]
    otherwise: str

    def refuse_unknown(self, name: str, used_by: str, where: str) -> Iterator[Problem]:
        """A problem when the name is not known; `used_by` says in Dutch who uses it."""
        if name and name not in self.known:
            yield wrong(
                f"unknown_{self.kind}",
                f'{self.noun} "{name}" bestaat niet.',
                where,
                f"{used_by} verwijst ernaar.",
                suggest(name, self.known, self.otherwise),
            )

    def refuse_all_unknown(self, names: Collection[str], used_by: str, where: str) -> Iterator[Problem]:
        """The same for several names in one place."""
        for name in names:
            yield from self.refuse_unknown(name, used_by, where)


def states(known: Collection[str]) -> Register:
    """States of a workflow."""
    return Register(kind="state", noun="De toestand", known=known, otherwise="Voeg de toestand toe aan de workflow.")


def transitions(known: Collection[str]) -> Register:
    """Transitions of a workflow."""
    return Register(kind="transition", noun="De overgang", known=known,
                    otherwise="Voeg de overgang toe aan de workflow.")  # fmt: skip


def terms(known: Collection[str]) -> Register:
    """Terms of a rule set and of the ladder."""
    return Register(kind="term", noun="De termijn", known=known, otherwise="Voeg de termijn toe aan de regelset.")


def bodies(known: Collection[str]) -> Register:
    """Bodies and roles of an organisation."""
    return Register(kind="body", noun="Het orgaan", known=known, otherwise="Voeg het orgaan toe aan organisation.yaml.")


def letters(known: Collection[str]) -> Register:
    """Letters that have a template in force."""
    return Register(kind="letter", noun="De brief", known=known,
                    otherwise="Voeg het sjabloon toe onder templates/letters.")  # fmt: skip


def addressees(known: Collection[str]) -> Register:
    """Readers of letters that the rule set names."""
    return Register(kind="addressee", noun="De geadresseerde", known=known,
                    otherwise="Voeg de geadresseerde toe aan de regelset (addressees).")  # fmt: skip


def facts(known: Collection[str]) -> Register:
    """Facts that the rule set declares, with the built-in ones."""
    return Register(kind="fact", noun="Het gegeven", known=known, otherwise="Voeg het gegeven toe aan de regelset.")


def workflows(known: Collection[str]) -> Register:
    """Workflows of an organisation."""
    return Register(kind="workflow", noun="De workflow", known=known, otherwise="Voeg de workflow toe.")


def entries(known: Collection[str]) -> Register:
    """Ways to open a case of a workflow."""
    return Register(kind="entry", noun="De ingang", known=known, otherwise="Voeg de ingang toe aan die workflow.")


def rungs(known: Collection[str]) -> Register:
    """Rungs of a ladder."""
    return Register(kind="rung", noun="De trede", known=known, otherwise="Voeg de trede toe aan de ladder.")


def sectors(known: Collection[str]) -> Register:
    """Sectors of an organisation."""
    return Register(kind="sector", noun="De sector", known=known,
                    otherwise="Voeg de sector toe aan organisation.yaml.")  # fmt: skip
