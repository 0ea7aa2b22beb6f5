"""What a person types to say something of a person: options, and how they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING

import click

from engine.core.language.values import read_day, read_note
from engine.core.quick_class import dataclass

if TYPE_CHECKING:
    from engine.core.deciding.people import DayRange, During, Person


def noted(name: str) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """Reads what was typed as a note; nothing typed is nothing said."""
    return lambda _, __, text: None if text is None else read_note(text, name)


SINCE_OPTION = click.option("--from", "since", default=None, metavar="DAG", help="De eerste dag.")
UNTIL_OPTION = click.option("--until", default=None, metavar="DAG", help="De laatste dag; zij telt mee.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfPerson:
    """What was typed of a person; None (of bodies: nothing) is what was not."""

    texts: Mapping[str, str | None]
    bodies: tuple[str, ...]
    since: str | None
    until: str | None

    def over(self, before: Person) -> Person:
        """The person with what was typed; what was not typed stays as it was."""
        from engine.core.deciding.people import DayRange

        said = {name: text for name, text in self.texts.items() if text is not None}
        period = DayRange(
            since=before.period.since if self.since is None else _day(self.since, "--from"),
            until=before.period.until if self.until is None else _day(self.until, "--until"),
        )
        dated = tuple(_dated(one) for one in self.bodies) or before.bodies
        return replace(before, **said, period=period, bodies=dated)  # type: ignore[arg-type]  # texts are texts


def person_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say something of a person, which the command gets as one value `said`."""

    @click.option("--title", default=None, metavar="TITEL", callback=noted("--title"), help="dr., mw., ...")
    @click.option("--discipline", default=None, metavar="VAK", callback=noted("--discipline"), help="Het vakgebied.")
    @click.option("--email", default=None, metavar="ADRES", callback=noted("--email"), help="Het e-mailadres.")
    @click.option(
        "--body",
        "bodies",
        multiple=True,
        metavar="ORGAAN[:VAN..TOT]",
        help="Een orgaan waar de persoon bij hoort, met de eerste en de laatste dag; beide tellen mee.",
    )
    @SINCE_OPTION
    @UNTIL_OPTION
    @wraps(command)
    def keep(
        title: str | None,
        discipline: str | None,
        email: str | None,
        bodies: tuple[str, ...],
        since: str | None,
        until: str | None,
        **typed: object,
    ) -> None:
        texts = {"title": title, "discipline": discipline, "email": email}
        command(said=SaidOfPerson(texts=texts, bodies=bodies, since=since, until=until), **typed)

    return keep


def _dated(text: str) -> During:
    from engine.core.deciding.people import During

    body, _, days = text.partition(":")
    since, _, until = days.partition("..")
    return During(of=body.strip(), period=read_days(since, until))


def read_days(since: str, until: str) -> DayRange:
    """The days that were typed; what is left out has no limit. Raises UsageError for what is no day."""
    from engine.core.deciding.people import DayRange

    return DayRange(since=_day(since, "--from"), until=_day(until, "--until"))


def _day(text: str, name: str) -> date | None:
    return read_day(text.strip(), name) if text.strip() else None
