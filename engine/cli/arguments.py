"""What a person types: KEY=VALUE pairs, files with facts, the role to act in; read by the types of the facts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.core.deciding.case import Actor, Case
from engine.core.errors import UsageError
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import FactRule, Value
from engine.core.language.values import admit, read_note, read_value
from engine.core.quick_class import dataclass

if TYPE_CHECKING:
    from engine.core.content.organisation import Organisation
    from engine.runtime import Runtime
    from engine.settings import Settings

_LINES_OF_A_REASON = 40
_SIGNS_OF_A_FINGERPRINT = 64

JSON_OPTION = click.option("--json", "as_json", is_flag=True, help="Geef het antwoord als JSON.")
SET_OPTION = click.option(
    "--set", "pairs", multiple=True, metavar="NAAM=WAARDE", help="Een gegeven; NAAM+=WAARDE voegt toe aan een lijst."
)
FROM_OPTION = click.option(
    "--from",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Een YAML-bestand met gegevens.",
)
AS_OPTION = click.option("--as", "role", default="", metavar="ROL", help="De rol waarin u handelt.")
NAME_OPTION = click.option(
    "--name",
    default="",
    metavar="NAAM",
    callback=lambda _, __, text: read_note(text, "--name"),
    help="Uw naam, voor het logboek.",
)
CONTENT_OPTION = click.option(
    "--content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="De map met rules, workflows en templates; zonder: die van de werkplek.",
)
MINE_OPTION = click.option("--mine", is_flag=True, help="Alleen zaken die u in handen heeft, ook als waarnemer.")
AT_OPTION = click.option(
    "--at",
    "at",
    default="",
    metavar="TIJDSTIP",
    help="Wanneer het gebeurde, als dat niet nu is; beide tijden blijven staan.",
)
CONTENT_OPTION = click.option(
    "--content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="De map met rules, workflows en templates; zonder: die van de werkplek.",
)
ORGANISATION_OPTION = click.option("--organisation", default="", metavar="ORGANISATIE", help="Zonder: alle.")
READER_OPTION = click.option(
    "--for", "reader", default="", metavar="LEZER", help="Alleen voor deze lezer; zonder: voor iedere lezer."
)
FOLDER_OPTION = click.option(
    "--to", "folder", default=".", show_default=True, type=click.Path(file_okay=False, path_type=Path),
    help="In welke map de bladzijden komen; zij wordt gemaakt als zij er niet is.",
)  # fmt: skip
DRY_OPTION = click.option("--dry-run", is_flag=True, help="Laat zien wat er zou gebeuren, en doe niets.")


def reason_option(text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The option `--reason`, which the journal keeps; `text` says what it is the reason of."""
    return click.option(
        "--reason",
        default="",
        metavar="TEKST",
        callback=lambda _, __, given: read_note(given, "--reason", lines=_LINES_OF_A_REASON),
        help=text,
    )


@contextmanager
def open_workplace() -> Iterator[Runtime]:
    """The workplace of the folder in which the command is given. Raises UsageError when there is none."""
    from engine.runtime import open_runtime

    with open_runtime(Path.cwd(), os.environ) as runtime:
        try:
            yield runtime
        finally:
            if runtime.told:
                _tell_besides(runtime)


def _tell_besides(runtime: Runtime) -> None:
    """What is no part of the answer goes where it spoils none."""
    from engine.cli.output import tell
    from engine.words.saying import say

    for one in runtime.told:
        tell(say(one).text(), err=True)
    runtime.told.clear()


def read_at(text: str) -> datetime | date | None:
    """When it happened: a moment (UTC), or a local day when no hour is named; None: now."""
    if not text:
        return None
    from engine.core.language.values import read_day, read_moment

    return read_moment(text, "--at") if " " in text or "T" in text else read_day(text, "--at")


def settings_here() -> Settings:
    """The settings for the folder in which the command is given, also outside a workplace."""
    from engine.settings import load_settings

    return load_settings(Path.cwd(), os.environ)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """How somebody acts: in which role, under which name, for real or not; and for whom the answer is."""

    role: str
    name: str
    dry_run: bool
    as_json: bool

    def actor(self, runtime: Runtime, content: Content) -> Actor:
        """Who acts. Raises UsageError when no role is known, or one that is not there."""
        return actor_from(runtime, content.organisation, self.role, self.name)


def acting_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every act, which its command gets as one value `acting`."""

    @AS_OPTION
    @NAME_OPTION
    @DRY_OPTION
    @JSON_OPTION
    @wraps(command)
    def act(role: str, name: str, dry_run: bool, as_json: bool, **typed: object) -> None:
        command(acting=Acting(role=role, name=name, dry_run=dry_run, as_json=as_json), **typed)

    return act


def read_facts(
    content: Content, source: Path | None, pairs: Iterable[str], case: Case | None = None
) -> dict[str, Value]:
    """The facts in a file, and over them the typed `NAAM=WAARDE` pairs; `NAAM+=WAARDE` adds to what the file says, or
    else to what the case knows.

    Raises UsageError for an unknown fact or a value of the wrong type.
    """
    in_file = _facts_in_file(content, source)
    return in_file | _typed_facts(content, pairs, case, in_file)


def _typed_facts(
    content: Content, pairs: Iterable[str], case: Case | None, in_file: Mapping[str, Value]
) -> dict[str, Value]:
    facts: dict[str, Value] = {}
    for pair in pairs:
        name, separator, text = pair.partition("=")
        if not separator:
            raise UsageError(f"'{pair}' is geen NAAM=WAARDE.", next_step="Schrijf bijvoorbeeld sector=po.")
        adds = name.endswith("+")
        name = name.rstrip("+").strip()
        rule = _rule(content, name)
        value = read_value(rule, _fingerprint(text) if rule.fingerprint else text)
        facts[name] = _added(facts.get(name) or in_file.get(name) or _known(case, name), value) if adds else value
    return facts


def _fingerprint(text: str) -> str:
    """What was typed for the fingerprint of a file: that itself, or the file of which it is made."""
    if len(text) == _SIGNS_OF_A_FINGERPRINT and not set(text.lower()) - set("0123456789abcdef"):
        return text.lower()
    from engine.given_file import fingerprint_of  # few facts are of a file

    return fingerprint_of(Path(text))


def _facts_in_file(content: Content, path: Path | None) -> dict[str, Value]:
    if path is None:
        return {}
    from engine.definitions.reading.facts_file import read_facts_file as read  # ruamel is slow to import

    # What a form leaves empty was not answered.
    return {name: admit(_rule(content, name), value) for name, value in read(path).items() if value is not None}


def _rule(content: Content, name: str) -> FactRule:
    rule = content.rules.facts.get(name)
    if rule is None:
        from difflib import get_close_matches  # slow to import, and hardly anybody mistypes

        nearest = get_close_matches(name, content.rules.facts, n=1)
        hint = f"Bedoelde u '{nearest[0]}'?" if nearest else "Kijk met `trede case why` welke gegevens er zijn."
        raise UsageError(f"Het gegeven '{name}' bestaat niet in '{content.workflow.title}'.", next_step=hint)
    return rule


def _known(case: Case | None, name: str) -> Value | None:
    known = case.facts.get(name) if case else None
    return known.value if known else None


def _added(before: Value | None, value: Value) -> Value:
    old = before if isinstance(before, tuple) else ()
    new = value if isinstance(value, tuple) else (str(value),)
    return tuple(dict.fromkeys((*old, *new)))


def actor_from(runtime: Runtime, organisation: Organisation, role: str, name: str) -> Actor:
    """Who acts: a person where a register is kept, in the given role or that of the workplace.

    Raises UsageError when there is no role, or an unknown one; and when it is not known who acts.
    """
    actor = Actor(role=role or runtime.settings.default_role, name=name)
    if organisation.people.prefix:
        from engine.usecases.who_acts import actor_of  # only who keeps a register of people needs it

        actor = actor_of(runtime, organisation, role, name)
    if not actor.role:
        raise UsageError(
            "Het is niet bekend in welke rol u handelt.",
            next_step="Geef --as ROL, of zet `role` in trede.toml.",
        )
    demand_body(organisation, actor.role)
    return actor


def demand_body(organisation: Organisation, role: str) -> None:
    """Raises UsageError, with the one that is meant, for a role of nobody."""
    bodies: Mapping[str, object] = organisation.bodies
    if role not in bodies:
        from difflib import get_close_matches

        nearest = get_close_matches(role, bodies, n=1)
        hint = f"Bedoelde u '{nearest[0]}'?" if nearest else f"Er is: {', '.join(bodies)}."
        raise UsageError(f"De rol '{role}' bestaat niet.", next_step=hint)
