"""Short ways to write Python syntax trees. Only made names and constants go in, never text to be parsed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence

from engine.core.evaluation.expressions import Surroundings
from engine.core.language.facts import Value


def read(name: str) -> ast.expr:
    """The value of a local or of a name in the table."""
    return ast.Name(name, ast.Load())


def store(name: str, value: ast.expr) -> ast.stmt:
    """An assignment."""
    return ast.Assign([ast.Name(name, ast.Store())], value)


def fixed(value: str | bool | None) -> ast.expr:
    """A constant."""
    return ast.Constant(value)


def yes() -> ast.expr:
    """True."""
    return fixed(value=True)


def no() -> ast.expr:
    """False."""
    return fixed(value=False)


def nothing() -> ast.expr:
    """None: unknown."""
    return fixed(None)


def compare(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr:
    """One comparison."""
    return ast.Compare(left, [operator], [right])


def is_none(value: ast.expr) -> ast.expr:
    """Whether the value is unknown."""
    return compare(value, ast.Is(), nothing())


def is_known(value: ast.expr) -> ast.expr:
    """Whether the value is there."""
    return compare(value, ast.IsNot(), nothing())


def combine(operator: ast.boolop, parts: Sequence[ast.expr]) -> ast.expr:
    """The parts under one `and` or `or`; at least one part."""
    return parts[0] if len(parts) == 1 else ast.BoolOp(operator, list(parts))


def call(function: str, *arguments: ast.expr) -> ast.expr:
    """A call of a name in the table."""
    return ast.Call(read(function), list(arguments), [])


def negate(value: ast.expr) -> ast.expr:
    """The opposite of a yes/no."""
    return ast.UnaryOp(ast.Not(), value)


def build_function(
    names: dict[str, object], statements: list[ast.stmt]
) -> Callable[[Mapping[str, Value], Surroundings], object]:
    """A function of (facts, around) from statements; its globals are `names` and nothing else.

    `names` must bring its own "__builtins__", so that the code reaches nothing it was not given.
    """
    parameters = [ast.arg("facts"), ast.arg("around")]
    arguments = ast.arguments(posonlyargs=[], args=parameters, kwonlyargs=[], kw_defaults=[], defaults=[])
    function = ast.FunctionDef("run", arguments, statements, [])
    module = ast.fix_missing_locations(ast.Module([function], []))
    exec(compile(module, "<rules>", "exec"), names)
    made = names["run"]
    assert callable(made)
    return made
