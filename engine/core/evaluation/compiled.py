"""Rule sets as code, for work in bulk: the same answers as `conclusions`, all at once and without the reasons.

Three-valued, like the explaining evaluator, and held to it by property tests. One rule set becomes one function, which
judges every condition; what follows from the truths is asked of `outcomes`, save for the plainest of rules.

No author's text is ever parsed: what is written here are made names (v0, k1, t2 ...), signs and whole numbers; texts
and other values of the content are reached by such a name. The code stops early where the explaining evaluator looks
at every part. So where a value has a wrong type, and only there, it may answer while the other raises TypeError.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from engine.core.evaluation.expressions import Lookup, Surroundings, evaluate_expression
from engine.core.evaluation.operators import OPERATIONS, holds
from engine.core.evaluation.outcomes import Branch, Producer, agreed_value, settle
from engine.core.language.conditions import Compute, Expression, FactRef, Literal, SidedAlgebra, Test, fold_sided
from engine.core.language.facts import Value
from engine.core.quick_class import dataclass

Outcome = tuple[dict[str, Value], dict[str, bool | None]]
"""Values of the derived facts that are known, and the truth of each rule and table row (table#number)."""

Run = Callable[[Mapping[str, Value], Surroundings], Outcome]
"""What is concluded from these facts; a fact that is not in them is unknown. Raises DefinitionError when rules
contradict each other, in the words of the explaining evaluator."""


def compile_rules(producers: Mapping[str, Producer]) -> Run:
    """Code for all rules and tables of the set, in its computed order."""
    book = _Book()
    for producer in producers.values():
        book.conclude(producer)
    return book.build()


@dataclass(frozen=True, slots=True)
class _Atom:
    """Code that all is known, the relation itself, and the names that are None when it is not."""

    known: tuple[str, ...]
    relation: str
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Joined:
    """Parts of which one with the truth `decisive` settles the whole; never directly inside its like."""

    decisive: bool
    parts: tuple[_Atom | _Joined, ...]


class _Book(SidedAlgebra[_Atom | _Joined]):
    """Collects the table of names and the lines while code is made."""

    def __init__(self) -> None:
        self._names: dict[str, object] = {"__builtins__": {}, "bool": bool, "tuple": tuple, "holds": holds}
        self._names |= {"calc": evaluate_expression, "settle": _settle, "lookup_over": _lookup_over}
        self._lines: list[str] = []
        self._loaded: dict[str, str] = {}
        self._concluded: dict[str, str] = {}
        self._truths: dict[str, str] = {}
        self._count = 0

    def build(self) -> Run:
        """The function made of everything concluded so far. Its globals are the table of names and nothing else."""
        truths = ", ".join(f"{self._constant(subject)}: {name}" for subject, name in self._truths.items())
        computing = ("look = lookup_over(out, get)",) if any("look, around" in line for line in self._lines) else ()
        start = ("def run(facts, around):", "get = facts.get", "out = {}", *computing)
        exec("\n  ".join((*start, *self._lines, f"return out, {{{truths}}}")), self._names)
        return cast("Run", self._names["run"])

    def conclude(self, producer: Producer) -> None:
        """Lines that conclude one fact."""
        truths = [self._truth_of(branch) for branch in producer.branches]
        if producer.is_plain:
            value = self._plainly(producer, truths[0])
        else:
            value = f"settle({self._constant(producer)}, ({''.join(f'{one}, ' for one in truths)}), look, around)"
        found = self._store("a", value)
        self._lines.append(f"if {found} is not None: out[{self._constant(producer.fact)}] = {found}")
        self._concluded[producer.fact] = found

    def _truth_of(self, branch: Branch) -> str:
        """The local with the truth of a rule or row; a rule that concludes two facts is looked at once."""
        if branch.subject not in self._truths:
            # First what is written, then the line that stores it: writing may add lines that load facts.
            truth = _write(fold_sided(branch.when, self), self._fresh)
            self._truths[branch.subject] = self._store("r", truth)
        return self._truths[branch.subject]

    def _plainly(self, producer: Producer, truth: str) -> str:
        said = cast("Literal", producer.branches[0].then).value
        quiet = cast("Literal", producer.quiet).value if producer.quiet else None
        if said is True and quiet is False:
            return truth
        quietly = "None" if quiet is None else f"None if {truth} is None else {self._constant(quiet)}"
        return f"{self._constant(said)} if {truth} else {quietly}"

    def test(self, test: Test, wanted: bool) -> _Atom:
        """One question."""
        row, actual = OPERATIONS[test.operator], self._fact(test.fact)
        known: tuple[str, ...] = () if row.sees_unknown else (f"{actual} is not None",)
        unknown: tuple[str, ...] = () if row.sees_unknown else (actual,)
        if isinstance(test.operand, Literal):
            text, operand = row.code(test.operand.value)
            long = f"{self._name('h', row.relation(test.operand.value))}({actual})" if "{long}" in text else ""
            relation = text.format(a=actual, k=self._constant(operand), long=long)
        else:
            value = self._expression(test.operand)
            if row.sees_unknown:
                value = f"bool({value})"
            elif isinstance(test.operand, Compute):
                value, read = self._fresh("x"), value
                known, unknown = (*known, f"({value} := {read}) is not None"), (*unknown, value)
            else:
                known, unknown = (*known, f"{value} is not None"), (*unknown, value)
            relation = f"holds({self._constant(test.operator)}, {actual}, {value})"
        return _Atom(known, f"({relation})" if wanted else f"(not ({relation}))", unknown)

    def join(self, parts: tuple[_Atom | _Joined, ...], decisive: bool) -> _Atom | _Joined:
        """Parts under one `any` or `all`, flat; a single part stands for itself."""
        flat: list[_Atom | _Joined] = []
        for part in parts:
            flat.extend(part.parts if isinstance(part, _Joined) and part.decisive is decisive else (part,))
        return flat[0] if len(flat) == 1 else _Joined(decisive, tuple(flat))

    def _expression(self, expression: Expression) -> str:
        """Code whose value is that of the expression, None when unknown."""
        if isinstance(expression, FactRef):
            return self._fact(expression.fact)
        return f"calc({self._name('k', expression)}, look, around)"

    def _fact(self, fact: str) -> str:
        """The local that holds the fact, loaded at its first use. Where it is derived the conclusion goes first."""
        if fact not in self._loaded:
            value, concluded = f"get({self._constant(fact)})", self._concluded.get(fact)
            self._loaded[fact] = self._store(
                "v", f"{value} if {concluded} is None else {concluded}" if concluded else value
            )
        return self._loaded[fact]

    def _store(self, letter: str, value: str) -> str:
        name = self._fresh(letter)
        self._lines.append(f"{name} = {value}")
        return name

    def _constant(self, value: object) -> str:
        return repr(value) if value is None or isinstance(value, int) else self._name("k", value)

    def _name(self, letter: str, value: object) -> str:
        name = self._fresh(letter)
        self._names[name] = value
        return name

    def _fresh(self, letter: str) -> str:
        """A name nobody has yet."""
        self._count += 1
        return f"{letter}{self._count}"


def _write(piece: _Atom | _Joined, fresh: Callable[[str], str]) -> str:
    """Code whose value is True, False or None."""
    if isinstance(piece, _Atom):
        return f"({piece.relation} if {' and '.join(piece.known)} else None)" if piece.unknown else piece.relation
    decided, unknowns = [], dict[str, None]()
    for part in piece.parts:
        if isinstance(part, _Atom):
            settles = part.relation if piece.decisive else f"not {part.relation}"
            decided.append(f"({' and '.join((*part.known, settles))})")
            unknowns |= dict.fromkeys(part.unknown)
        else:
            name = fresh("t")
            decided.append(f"({name} := {_write(part, fresh)}) is {piece.decisive}")
            unknowns[name] = None
    # That a part is unknown may only be asked after all of these said no: it reads what they have stored.
    rest = f"None if {' or '.join(f'{name} is None' for name in unknowns)} else " if unknowns else ""
    settled = f"{piece.decisive} if {' or '.join(decided)} else " if decided else ""
    return f"({settled}{rest}{not piece.decisive})"


def _lookup_over(concluded: Mapping[str, Value], get: Lookup) -> Lookup:
    """What is concluded goes before what is given."""

    def look(fact: str) -> Value | None:
        found = concluded.get(fact)
        return get(fact) if found is None else found

    return look


def _settle(producer: Producer, truths: tuple[bool | None, ...], look: Lookup, around: Surroundings) -> Value | None:
    outcome = settle(producer, truths, lambda expression: evaluate_expression(expression, look, around))
    return agreed_value(producer, outcome)
