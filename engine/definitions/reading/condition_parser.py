"""Conditions of the content language to core conditions, by the table in `grammar`."""

from __future__ import annotations

from engine.core.language.conditions import ALWAYS, All, AnyOf, Condition, Expression, Literal, Not, Operator, Test
from engine.definitions.files.places import Place
from engine.definitions.reading.expression_parser import read_expression, read_texts, read_yes_no
from engine.definitions.reading.grammar import FUNCTIONS, GROUPS, OPERATORS, REFERENCES, LanguagePart


def read_condition(raw: object, at: Place) -> Condition:
    """The condition at this place; `None` (not written) always holds. What is wrong is reported there."""
    if raw is None:
        return ALWAYS
    if isinstance(raw, list):
        return _joined(tuple(read_condition(part, at / number) for number, part in enumerate(raw)), at)
    if isinstance(raw, dict):
        return _joined(tuple(_read_part(word, part, at / word) for word, part in raw.items()), at)
    at.report("no_condition", given=raw)
    return ALWAYS


def _joined(parts: tuple[Condition, ...], at: Place) -> Condition:
    if not parts:
        at.report("empty_condition")
    return parts[0] if len(parts) == 1 else All(parts=parts, where=at.where)


def _read_part(word: str, raw: object, at: Place) -> Condition:
    if word == "not":
        return Not(part=read_condition(raw, at), where=at.key_where)
    if word in GROUPS:
        return _read_group(word, raw, at)
    return _read_tests(word, raw, at)


def _read_group(word: str, raw: object, at: Place) -> Condition:
    if not isinstance(raw, list) or not raw:
        at.report("conditions_expected", word=word)
        return ALWAYS
    parts = tuple(read_condition(part, at / number) for number, part in enumerate(raw))
    return All(parts=parts, where=at.key_where) if word == "all" else AnyOf(parts=parts, where=at.key_where)


def _read_tests(fact: str, raw: object, at: Place) -> Condition:
    if not isinstance(raw, dict):
        return Test(fact=fact, operator=Operator.IS, operand=read_expression(raw, at), where=at.key_where)
    tests = tuple(_read_test(fact, word, operand, at / word) for word, operand in raw.items())
    known = tuple(test for test in tests if test is not None)
    if not raw:
        at.report("empty_test", fact=fact)
    if not known:
        return ALWAYS
    return known[0] if len(known) == 1 else All(parts=known, where=at.key_where)


def _read_test(fact: str, word: str, raw: object, at: Place) -> Test | None:
    if word not in OPERATORS:
        kind = "value_as_comparison" if word in REFERENCES or word in FUNCTIONS else "no_comparison"
        at.report(kind, word=word, known={operator.value for operator in OPERATORS}, at_key=True)
        return None
    operator = Operator(word)
    return Test(fact=fact, operator=operator, operand=_read_operand(operator, raw, at), where=at.key_where)


def _read_operand(operator: Operator, raw: object, at: Place) -> Expression:
    part = OPERATORS[operator].part
    if part is LanguagePart.YES_NO:
        return read_yes_no(raw, at)
    if part is not LanguagePart.LIST or isinstance(raw, dict):
        return read_expression(raw, at)
    if isinstance(raw, list) and raw:
        return Literal(value=read_texts(raw, at))
    at.report("values_expected", word=operator.value)
    return Literal(value=())
