"""What of a letter text is for which kind of reader: every question that the text asks about its reader, answered.

A text speaks to one kind in a block that asks for the field `lezer`. With another kind in an `elif`, the question is a
choice, and must have an answer for everybody who may get the letter; a single `if` only adds something for some.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.core.content.letter_readers import READER
from engine.core.content.template import LetterTemplate
from engine.core.quick_class import dataclass
from engine.letters.language import BODY, read_source, sources_of

if TYPE_CHECKING:
    from jinja2 import nodes


@dataclass(frozen=True, slots=True)
class ReaderChoice:
    """One question about the reader: which kinds it names, whether it has an answer for every other, and where."""

    named: frozenset[str]
    is_open: bool
    source: str
    line: int


def reader_choices(template: LetterTemplate) -> tuple[ReaderChoice, ...]:
    """Every question about the reader, in the text and its partials."""
    return tuple(_choices(template))


def fields_for(template: LetterTemplate, kind: str) -> frozenset[str]:
    """The names that stand in what this kind of reader gets, every other branch taken."""
    return frozenset(_names(template, BODY, kind, ()))


def _choices(template: LetterTemplate) -> Iterator[ReaderChoice]:
    from jinja2 import nodes

    for source, text in sources_of(template).items():
        tree = read_source(template, source, text)
        later = {id(one) for node in tree.find_all(nodes.If) for one in node.elif_}
        for node in tree.find_all(nodes.If):
            named = [_named(one.test) for one in (node, *node.elif_)]
            if id(node) in later or not any(named):
                continue
            # A branch that asks for something else too may be passed over by the very reader it names.
            is_open = bool(node.else_) or not node.elif_ or not all(map(_asks_only_reader, (node, *node.elif_)))
            yield ReaderChoice(frozenset().union(*named), is_open, source, node.lineno)
        for one in tree.find_all(nodes.CondExpr):
            if _named(one.test):
                yield ReaderChoice(_named(one.test), one.expr2 is not None, source, one.lineno)


def _asks_only_reader(node: nodes.If) -> bool:
    from jinja2 import nodes

    return {name.name for name in (node.test, *node.test.find_all(nodes.Name)) if isinstance(name, nodes.Name)} == {
        READER
    }


def _named(test: nodes.Node) -> frozenset[str]:
    """The kinds that a test names beside the field of the reader."""
    from jinja2 import nodes

    found: set[str] = set()
    for one in (test, *test.find_all(nodes.Compare)):
        if isinstance(one, nodes.Compare) and isinstance(one.expr, nodes.Name) and one.expr.name == READER:
            found |= {str(value.value) for value in one.find_all(nodes.Const)}
    return frozenset(found)


def _names(template: LetterTemplate, source: str, kind: str, around: tuple[str, ...]) -> Iterator[str]:
    from jinja2 import nodes

    sources = sources_of(template)
    if source not in sources or source in around:
        return
    waiting: list[nodes.Node] = [read_source(template, source, sources[source])]
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.Name):
            yield node.name
        elif isinstance(node, nodes.Include) and isinstance(node.template, nodes.Const):
            yield from _names(template, str(node.template.value), kind, (*around, source))
        elif isinstance(node, nodes.If):
            waiting += _branches(node, kind)
        elif isinstance(node, nodes.CondExpr) and (told := _truth(node.test, kind)) is not None:
            waiting += [part for part in ((node.expr1 if told else node.expr2),) if part is not None]
        else:
            waiting += node.iter_child_nodes()


def _branches(node: nodes.If, kind: str) -> list[nodes.Node]:
    """What this kind can come to read of a question, with the tests that are asked on the way."""
    found: list[nodes.Node] = []
    for one in (node, *node.elif_):
        told = _truth(one.test, kind)
        if told is not False:
            found += [one.test, *one.body]
        if told is True:
            return found
    return [*found, *node.else_]


def _truth(test: nodes.Node, kind: str) -> bool | None:
    """What a test comes to for this kind; None when it asks for something else too."""
    from jinja2 import nodes

    if not isinstance(test, nodes.Compare) or not isinstance(test.expr, nodes.Name) or test.expr.name != READER:
        return None
    operator, named = test.ops[0].op, _named(test)
    return kind in named if operator in ("eq", "in") else kind not in named
