"""Rule sets as code, for work in bulk: the same answers as `conclusions`, all at once and without the reasons.

Three-valued, like the explaining evaluator, and held to it by property tests. One rule set becomes one code object,
which judges every condition; what follows from the truths is asked of `outcomes`, save for the plainest of rules.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import cast

from engine.core.evaluation.condition_code import CodeBook, lookup_over
from engine.core.evaluation.expressions import Lookup, Surroundings, evaluate_expression
from engine.core.evaluation.outcomes import Branch, Producer, agreed_value, settle
from engine.core.evaluation.syntax import build_function, call, fixed, is_known, is_none, nothing, read, store
from engine.core.language.conditions import Literal
from engine.core.language.facts import Value
from engine.core.quick_class import dataclass

Outcome = tuple[dict[str, Value], dict[str, bool | None]]
"""Values of the derived facts that are known, and the truth of each rule and table row (table#number)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledRules:
    """A rule set as one code object.

    `run` gives what is concluded from these facts; a fact that is not in them is unknown. Raises DefinitionError when
    rules contradict each other, in the words of the explaining evaluator.
    """

    run: Callable[[Mapping[str, Value], Surroundings], Outcome]


def compile_rules(producers: Mapping[str, Producer]) -> CompiledRules:
    """Code for all rules and tables of the set, in its computed order."""
    book = _RulesBook()
    for producer in producers.values():
        book.conclude(producer)
    return CompiledRules(run=cast("Callable[..., Outcome]", book.build()))


class _RulesBook(CodeBook):
    def __init__(self) -> None:
        super().__init__()
        self._truths: dict[str, str] = {}
        self.names |= {"lookup_over": lookup_over, "settle": _settle}

    def build(self) -> Callable[..., object]:
        """The function made of everything concluded so far."""
        truths = ast.Dict([fixed(name) for name in self._truths], [read(name) for name in self._truths.values()])
        start: list[ast.stmt] = [store("get", ast.Attribute(read("facts"), "get", ast.Load()))]
        start.append(store("out", ast.Dict([], [])))
        if self.computes:
            start.append(store("look", call("lookup_over", read("out"), read("get"))))
        answer = ast.Return(ast.Tuple([read("out"), truths], ast.Load()))
        return build_function(self.names, [*start, *self.body, answer])

    def conclude(self, producer: Producer) -> None:
        """Statements that conclude one fact."""
        truths = [self._truth_of(branch) for branch in producer.branches]
        found = self.fresh("a")
        value = self._plainly(producer, truths[0]) if producer.is_plain else self._settled(producer, truths)
        self.body.append(store(found, value))
        target = ast.Subscript(read("out"), fixed(producer.fact), ast.Store())
        self.body.append(ast.If(is_known(read(found)), [ast.Assign([target], read(found))], []))
        self.derived[producer.fact] = found

    def _truth_of(self, branch: Branch) -> str:
        """The local with the truth of a rule or row; a rule that concludes two facts is looked at once."""
        if branch.subject not in self._truths:
            truth = self.truth(branch.when)
            self._truths[branch.subject] = self.fresh("r")
            self.body.append(store(self._truths[branch.subject], truth))
        return self._truths[branch.subject]

    def _plainly(self, producer: Producer, truth: str) -> ast.expr:
        said = cast("Literal", producer.branches[0].then).value
        quiet = cast("Literal", producer.quiet).value if producer.quiet else None
        if said is True and quiet is False:
            return read(truth)
        quietly = nothing() if quiet is None else ast.IfExp(is_none(read(truth)), nothing(), self.constant(quiet))
        return ast.IfExp(read(truth), self.constant(said), quietly)

    def _settled(self, producer: Producer, truths: list[str]) -> ast.expr:
        self.computes = True
        seen = ast.Tuple([read(name) for name in truths], ast.Load())
        return call("settle", self.constant(producer), seen, read("look"), read("around"))


def _settle(producer: Producer, truths: tuple[bool | None, ...], look: Lookup, around: Surroundings) -> Value | None:
    outcome = settle(producer, truths, lambda expression: evaluate_expression(expression, look, around))
    return agreed_value(producer, outcome)
