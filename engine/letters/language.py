"""The language of a letter text: fields, filters, `if`, `for`, `set` and `include`, and nothing else.

The sandbox of Jinja2 is the second fence. The first is that a text with any other construct (a call, an index, a
macro, an import) is refused before it is compiled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.core.content.letter_readers import READER, SALUTATION, SIGNER
from engine.core.content.template import LetterTemplate
from engine.core.errors import LetterError
from engine.core.quick_class import dataclass
from engine.letters.protection import RESERVED
from engine.letters.wording import FILTERS

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

BODY = "tekst"
SIGNATORY_FIELD = "ondertekenaar"
STANDARD_FIELDS = frozenset(
    ("geadresseerde", "datum_brief", "zaaknummer", "afzender", SIGNATORY_FIELD, "namens", READER, SALUTATION, SIGNER),
)
"""Fields that every letter has without declaring them."""

LOOP = "loop"
WITH_PARTS = frozenset(("afzender", LOOP))
_DEEPEST, _MOST_LISTS = 40, 3
TESTS = frozenset(("none",))
TEXT_NODES = ("Template", "Output", "TemplateData", "Name", "Const", "Getattr", "Filter", "Tuple", "List")
CHOICE_NODES = ("If", "For", "Assign", "Include", "CondExpr", "Test", "And", "Or", "Not", "Compare", "Operand")
ALLOWED = frozenset((*TEXT_NODES, *CHOICE_NODES))
POSITION = re.compile(r"(:\d+)+$")
STANDALONE = re.compile(r"\s*(\{%((?!%\}).)*%\}\s*)+")


@dataclass(frozen=True, slots=True)
class Use:
    """A name that a text uses: in which source (the body or a partial) and on which line of it."""

    name: str
    source: str
    line: int


@lru_cache(maxsize=1)
def bare_environment() -> ImmutableSandboxedEnvironment:
    """The sandbox, without templates in it, and with no names, filters or tests but the declared ones."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Missing(StrictUndefined):
        """A part that is not there, said in Dutch."""

        @property
        def _undefined_message(self) -> str:
            return f"'{self._undefined_name}' is er niet"

    environment = ImmutableSandboxedEnvironment(
        undefined=Missing, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.globals.clear()
    environment.filters = dict(FILTERS)
    environment.tests = {name: environment.tests[name] for name in TESTS}
    return environment


def sources_of(template: LetterTemplate) -> dict[str, str]:
    """The body and the partials by name, as Jinja2 gets them.

    A partial always stands apart as blocks of its own, so it begins after a line feed that is ours. A tag at the
    end of a line of text keeps the line end: with `trim_blocks` alone the next line would be glued to it.
    """
    partials = {name: f"\n{text.rstrip()}\n\n" for name, text in template.partials}
    return {name: _keep_line_ends(text) for name, text in {**partials, BODY: template.body}.items()}


def names_used(template: LetterTemplate) -> tuple[Use, ...]:
    """Every name the letter takes from its fields, in the body and in the partials that it includes.

    Raises LetterError for a text that cannot be read, that uses what the language does not have, or that
    includes a partial that is not there.
    """
    sources = sources_of(template)
    uses: dict[str, tuple[Use, ...]] = {}

    def visit(source: str, around: tuple[str, ...]) -> None:
        tree = read_source(template, source, sources[source])
        uses[source] = tuple(_uses(tree, source))
        for name, line in _included(template, tree, source, sources):
            if name in (*around, source):
                raise _circle(template, name, source, line)
            if name not in uses:
                visit(name, (*around, source))

    visit(BODY, ())
    return tuple(use for found in uses.values() for use in found)


def _circle(template: LetterTemplate, name: str, source: str, line: int) -> LetterError:
    return LetterError(
        f"Het tekstblok '{name}' neemt zichzelf op.",
        where=place_in(template, source, line),
        next_step="Haal deze 'include' weg.",
    )


def place_in(template: LetterTemplate, source: str, line: int) -> str:
    """Where in the content: the file, and the line of the text under its head, or of the partial."""
    text = f"regel {line} van de tekst" if source == BODY else f"regel {line - 1} van het tekstblok '{source}'"
    return f"{POSITION.sub('', template.where) or template.id}, {text}"


def _keep_line_ends(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(line if STANDALONE.fullmatch(line) else _kept(line) for line in lines)


def _kept(line: str) -> str:
    if not line.endswith("%}") or line.endswith(("-%}", "+%}")):
        return line
    return f"{line[:-2]}+%}}"


def read_source(template: LetterTemplate, source: str, text: str) -> nodes.Template:
    """The text as Jinja2 reads it. Raises LetterError for what it cannot read, or what the language does not have."""
    from jinja2 import TemplateSyntaxError

    if RESERVED & set(text):
        raise LetterError("De brieftekst bevat een teken voor eigen gebruik (U+E000 of U+E001).", where=template.where)
    try:
        tree = bare_environment().parse(text)
    except TemplateSyntaxError as wrong:
        raise LetterError(
            "De brieftekst kan niet worden gelezen.",
            where=place_in(template, source, wrong.lineno),
            why=f"De invulcode klopt niet: {wrong.message}",
            next_step="Kijk naar de accolades en de procenttekens op deze regel.",
        ) from wrong
    except RecursionError:
        raise _too_deep(template, source, 1) from None
    _refuse_deep(template, tree, source)
    _refuse_unknown(template, tree, source)
    return tree


def _refuse_deep(template: LetterTemplate, tree: nodes.Template, source: str) -> None:
    """Raise LetterError where blocks or expressions stand in each other deeper than a program can follow.

    Lists within lists within lists would also make a letter without end of a few long ones.
    """
    waiting: list[tuple[nodes.Node, int, int]] = [(tree, 0, 0)]
    while waiting:
        node, depth, lists = waiting.pop()
        lists += type(node).__name__ == "For"
        if depth > _DEEPEST or lists > _MOST_LISTS:
            raise _too_deep(template, source, node.lineno)
        waiting += [(part, depth + 1, lists) for part in node.iter_child_nodes()]


def _too_deep(template: LetterTemplate, source: str, line: int) -> LetterError:
    return LetterError(
        "De brieftekst is te diep genest.",
        where=place_in(template, source, line),
        why=f"Er staan te veel blokken in elkaar, of meer dan {_MOST_LISTS} keer 'for'.",
        next_step="Verdeel de tekst over tekstblokken, of bereken de waarde in een regel.",
    )


def _refuse_unknown(template: LetterTemplate, tree: nodes.Template, source: str) -> None:
    from jinja2 import nodes

    for node in tree.find_all(nodes.Node):
        problem = _problem_with(node)
        if problem:
            raise LetterError(
                problem,
                where=place_in(template, source, node.lineno),
                why="Een brieftekst kent alleen velden, filters, if, for, set en include.",
                next_step="Bereken de waarde in een regel en geef haar aan de brief als veld.",
            )


def _problem_with(node: nodes.Node) -> str:
    from jinja2 import nodes

    kind = type(node).__name__
    if kind not in ALLOWED:
        return f"'{kind}' kan niet in een brieftekst."
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        return f"Het filter '{node.name}' bestaat niet; er zijn: {', '.join(FILTERS)}."
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        return f"De toets 'is {node.name}' bestaat niet in een brieftekst."
    if isinstance(node, nodes.Getattr) and not _may_have_parts(node):
        return f"'.{node.attr}' kan hier niet: alleen 'afzender' en 'loop' hebben onderdelen."
    if isinstance(node, nodes.Include) and not _is_fixed_name(node.template):
        return "De naam van een tekstblok staat als vaste tekst tussen aanhalingstekens."
    return ""


def _may_have_parts(node: nodes.Getattr) -> bool:
    from jinja2 import nodes

    return isinstance(node.node, nodes.Name) and node.node.name in WITH_PARTS and not node.attr.startswith("_")


def _is_fixed_name(node: nodes.Expr) -> bool:
    from jinja2 import nodes

    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def _uses(tree: nodes.Template, source: str) -> Iterator[Use]:
    from jinja2 import nodes
    from jinja2.meta import find_undeclared_variables

    free = find_undeclared_variables(tree)
    for node in tree.find_all(nodes.Name):
        if node.name in free and node.ctx == "load":
            yield Use(node.name, source, node.lineno)


def _included(
    template: LetterTemplate, tree: nodes.Template, source: str, sources: dict[str, str]
) -> Iterator[tuple[str, int]]:
    from jinja2 import nodes

    for node in tree.find_all(nodes.Include):
        name = str(node.template.value) if isinstance(node.template, nodes.Const) else ""
        if name not in sources or name == BODY:
            raise LetterError(
                f"Het tekstblok '{name}' bestaat niet.",
                where=place_in(template, source, node.lineno),
                why=f"Bekend zijn: {', '.join(sorted(set(sources) - {BODY})) or 'geen'}.",
                next_step="Verbeter de naam of voeg het tekstblok toe aan de map 'partials'.",
            )
        yield name, node.lineno
