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
    return Register(
        kind="transition", noun="De overgang", known=known, otherwise="Voeg de overgang toe aan de workflow."
    )


def letters(known: Collection[str]) -> Register:
    """Letters that have a template in force."""
    return Register(
        kind="letter", noun="De brief", known=known, otherwise="Voeg het sjabloon toe onder templates/letters."
    )


def facts(known: Collection[str]) -> Register:
    """Facts that the rule set declares, with the built-in ones."""
    return Register(kind="fact", noun="Het gegeven", known=known, otherwise="Voeg het gegeven toe aan de regelset.")


def workflows(known: Collection[str]) -> Register:
    """Workflows of an organisation."""
    return Register(kind="workflow", noun="De workflow", known=known, otherwise="Voeg de workflow toe.")


def entries(known: Collection[str]) -> Register:
    """Ways to open a case of a workflow."""
    return Register(kind="entry", noun="De ingang", known=known, otherwise="Voeg de ingang toe aan die workflow.")


def acts(known: Collection[str]) -> Register:
    """Acts as mandates name them: workflow.transition, or workflow.* for all."""
    return Register(
        kind="act", noun="De handeling", known=known, otherwise="Schrijf workflow.overgang, of workflow.* voor alles."
    )
