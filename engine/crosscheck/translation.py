"""A rule set as a program for durable-rules: plain lists and texts, within the fence.

Each rule and each table row becomes two targets: one that fires when it is definitely true, one when it is
definitely false. Neither means unknown. Conclusions are not computed there: derived facts are fed in as the
truth found them, so a difference shows at the rule where it arises.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from engine.core.content.ruleset import RuleSet
from engine.core.errors import UsageError
from engine.core.evaluation.expressions import Lookup, Surroundings
from engine.core.finding import Finding, doubt
from engine.core.language.conditions import Condition
from engine.core.language.facts import FactRule
from engine.core.quick_class import dataclass
from engine.crosscheck.branches import BranchBook, FiringRule
from engine.crosscheck.checks import Checks, FieldCheck, translate
from engine.crosscheck.fence import FIELDS_AT_MOST, RULES_AT_MOST, TRUE_AT_MOST, VALUES_AT_MOST, FieldNames, Plain
from engine.crosscheck.fields import Field, StageField, name_field, prepare_field

# The marker, the session and the id that durable-rules makes itself also take a place.
_FIELDS_TAKEN = 5
_RULES_TAKEN = 1

PlainBranch = tuple[str, tuple[tuple[str, str, Plain | dict[str, str]], ...]]
"""A target with its checks: relation, field name, and a value or {"field": name}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What durable-rules is to load and to be given.

    `stages` holds per stage the rulesets, each a tuple of plain branches; a later stage reads the targets of
    earlier ones as fields (`target_by_field`). `left_out` says per rule why it cannot be compared: a code and what
    that is about.
    """

    id: str
    subjects: tuple[str, ...]
    stages: tuple[tuple[tuple[PlainBranch, ...], ...], ...]
    name_by_field: Mapping[Field, str]
    target_by_field: Mapping[str, str]
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def prepare(self, lookup: Lookup, around: Surroundings) -> dict[str, Plain]:
        """The fields for these facts. Raises UsageError for a value that durable-rules would misread."""
        return {
            name: prepare_field(wanted, lookup, around)
            for wanted, name in self.name_by_field.items()
            if not isinstance(wanted, StageField)
        }

    def truths(self, fired: frozenset[str]) -> dict[str, bool | None]:
        """What durable-rules found of each rule. Raises UsageError when it fired both sides of one rule."""
        found: dict[str, bool | None] = {}
        for number, subject in enumerate(self.subjects):
            is_true, is_false = (_target(number, wanted) in fired for wanted in (True, False))
            if is_true and is_false:
                raise UsageError("both_true_and_false", subject=subject)
            found[subject] = True if is_true else False if is_false else None
        return found


def translate_rules(rules: RuleSet) -> Program:
    """The program for the rules and tables of the set; never raises: what cannot be said is left out, with why."""
    book = BranchBook()
    subjects: list[str] = []
    left_out: dict[str, tuple[str, ...]] = {}
    for subject, condition in _conditions(rules):
        try:
            sides = _sides(condition, rules.facts)
        except UsageError as error:
            left_out[subject] = tuple(error.parameters["reason"])  # type: ignore[arg-type]  # both errors have one
            continue
        for wanted, checks in sides:
            book.add(_target(len(subjects), wanted), checks)
        subjects.append(subject)
    return _assemble(tuple(subjects), book.stages, left_out)


def left_out(rules: RuleSet, program: Program) -> Iterator[Finding]:
    """What of the rule set the second evaluator cannot look at, by name."""
    for subject, reason in sorted(program.left_out.items()):
        yield doubt("left_out", rules.where, subject=subject, rules=rules.id, reason=reason)


def _conditions(rules: RuleSet) -> Iterator[tuple[str, Condition]]:
    yield from ((rule.id, rule.when) for rule in rules.rules)
    for table in rules.tables:
        yield from ((f"{table.id}#{number}", row.when) for number, row in enumerate(table.rows, 1))


def _sides(condition: Condition, declared: Mapping[str, FactRule]) -> list[tuple[bool, Checks]]:
    return [(wanted, translate(condition, wanted, declared)) for wanted in (True, False)]


def _target(number: int, wanted: bool) -> str:
    return f"{'true' if wanted else 'false'}_{number}"


def _assemble(
    subjects: tuple[str, ...], stages: Sequence[Sequence[FiringRule]], left_out: dict[str, tuple[str, ...]]
) -> Program:
    names = FieldNames()
    name_by_field: dict[Field, str] = {}
    for branch in (branch for stage in stages for branch in stage):
        for wanted in fields_of(branch):
            if wanted not in name_by_field:
                name_by_field[wanted] = names.choose(name_field(wanted))
    written = tuple(
        tuple(tuple(_write(branch, name_by_field) for branch in ruleset) for ruleset in pack(stage)) for stage in stages
    )
    return Program(
        id=hashlib.sha256(json.dumps(written).encode()).hexdigest(),
        subjects=subjects,
        stages=written,
        name_by_field=name_by_field,
        target_by_field={name: part.target for part, name in name_by_field.items() if isinstance(part, StageField)},
        left_out=left_out,
    )


def _write(branch: FiringRule, names: Mapping[Field, str]) -> PlainBranch:
    return branch.target, tuple(_write_check(check, names) for check in branch.checks)


def _write_check(check: FieldCheck, names: Mapping[Field, str]) -> tuple[str, str, Plain | dict[str, str]]:
    value = check.value if check.other is None else {"field": names[check.other]}
    return check.relation, names[check.field], value


def fields_of(branch: FiringRule) -> dict[Field, None]:
    """The fields a branch reads, in order."""
    return dict.fromkeys(
        wanted for check in branch.checks for wanted in (check.field, check.other) if wanted is not None
    )


def pack(branches: Sequence[FiringRule]) -> list[list[FiringRule]]:
    """The branches over rulesets, each within the fence: rules, rules that may be true at once, fields, values.

    All branches of a ruleset may be true at once as far as anybody can tell beforehand, so the tightest limit
    is the one on that.
    """
    packed: list[list[FiringRule]] = []
    fields: dict[Field, set[Plain]] = {}
    for branch in branches:
        wanted = _values_by_field(branch)
        merged = {found: fields.get(found, set()) | wanted.get(found, set()) for found in (*fields, *wanted)}
        if not packed or len(packed[-1]) + _RULES_TAKEN >= min(RULES_AT_MOST, TRUE_AT_MOST) or _is_full(merged):
            packed.append([])
            merged = wanted
        packed[-1].append(branch)
        fields = merged
    return packed


def _values_by_field(branch: FiringRule) -> dict[Field, set[Plain]]:
    values: dict[Field, set[Plain]] = {wanted: set() for wanted in fields_of(branch)}
    for check in branch.checks:
        values[check.field].add(check.value)
    return values


def _is_full(values_by_field: Mapping[Field, set[Plain]]) -> bool:
    too_many = len(values_by_field) + _FIELDS_TAKEN > FIELDS_AT_MOST
    return too_many or any(len(values) > VALUES_AT_MOST for values in values_by_field.values())
