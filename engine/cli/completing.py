"""What a shell proposes behind a command: the names of cases, acts, facts, bodies and people of this workplace.

A parameter is completed by its metavar, so every command that asks for a ZAAK proposes cases. What goes wrong here is
silent: somebody who types has a half line, and no use for a message in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from engine.cli.arguments import open_workplace
from engine.core.errors import EngineError

if TYPE_CHECKING:
    from engine.runtime import Runtime

Named = tuple[str, str]
"""A name to type, and its words."""
Proposes = Callable[["Runtime", click.Context, str], Iterable[Named]]


class ProposedName(click.types.StringParamType):
    """A text that is one of the names of its kind."""

    def __init__(self, proposes: Proposes) -> None:
        self._proposes = proposes

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names that begin with what was typed so far."""
        try:
            with open_workplace() as runtime:
                found = dict(self._proposes(runtime, ctx, incomplete))
        except EngineError:
            return []
        wanted = incomplete.casefold()
        return [CompletionItem(name, help=label) for name, label in found.items() if name.casefold().startswith(wanted)]


def propose(command: click.Command) -> None:
    """Let every parameter of this command, and of those under it, propose names by its metavar."""
    for param in command.params:
        proposes = _BY_METAVAR.get((param.metavar or "").strip("[].").split("|")[0])
        if proposes is not None and isinstance(param.type, click.types.StringParamType):
            param.type = ProposedName(proposes)
    if isinstance(command, click.Group):
        for part in command.commands.values():
            propose(part)


def script_for(shell: str, main: click.Command, variable: str) -> str:
    """The lines a shell (bash, zsh or fish) reads to ask for proposals, with this variable in the environment."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None, "the command takes only shells that have one"
    of = made(main, {}, "trede", variable)
    # Not `source()`: that starts the shell to ask its version, and complains on the same stream.
    return str(of.source_template % of.source_vars())


def _cases(runtime: Runtime, _: click.Context, incomplete: str) -> Iterator[Named]:
    from engine.usecases.find import cases_numbered

    yield from ((row.case_id, f"{row.workflow}: {row.state}") for row in cases_numbered(runtime, incomplete))


def _acts(runtime: Runtime, ctx: click.Context, incomplete: str) -> Iterator[Named]:
    case_id = str(ctx.params.get("case_id") or "")
    if not case_id:
        yield from _listed("acts")(runtime, ctx, incomplete)
        return
    from engine.usecases.explain_case import explain_case

    # What can be done comes first.
    for item in sorted(explain_case(runtime, case_id).possibilities, key=lambda one: not one.is_open):
        if not item.is_automatic:
            yield item.transition, item.label


def _facts(runtime: Runtime, ctx: click.Context, _: str) -> Iterator[Named]:
    from engine.usecases.list_names import names_of
    from engine.usecases.show_case import workflow_of

    case_id, workflow = str(ctx.params.get("case_id") or ""), str(ctx.params.get("workflow") or "")
    workflow = workflow_of(runtime, case_id) if case_id else workflow
    yield from ((f"{name}=", label) for name, label, _ in names_of(runtime, "facts", workflow))


def _people(runtime: Runtime, _: click.Context, incomplete: str) -> Iterator[Named]:
    from engine.usecases.keep_people import organisation_with_people
    from engine.usecases.list_names import people_here

    yield from people_here(runtime, organisation_with_people(runtime))


def _listed(kind: str) -> Proposes:
    def proposes(runtime: Runtime, _: click.Context, __: str) -> Iterator[Named]:
        from engine.usecases.list_names import names_of

        yield from ((name, label) for name, label, _ in names_of(runtime, kind))

    return proposes


_BY_METAVAR: Mapping[str, Proposes] = {
    "ZAAK": _cases,
    "OVERGANG": _acts,
    "NAAM=WAARDE": _facts,
    "ORGAAN": _listed("roles"),
    "ROL": _listed("roles"),
    "PROCEDURE": _listed("procedures"),
    "PERSOON": _people,
    "WAARNEMER": _people,
}
