"""Where a mistake was found already nothing more is found: what follows from it is no second mistake."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding
from engine.words.saying import ALSO

_Place = tuple[str, int]


def untouched(
    findings: Iterable[Finding], wrong: Iterable[Finding], contents: Iterable[Content]
) -> tuple[Finding, ...]:
    """The findings that are not about a part of these contents in which something is wrong."""
    lines: dict[str, set[int]] = defaultdict(set)
    for one in wrong:
        also = one.parameters.get(ALSO, ())
        for where in (one.where, *(also if isinstance(also, tuple) else ())):
            file, line = _place(str(where))
            lines[file].add(line)
    touched = {place for content in contents for parts in _parts(content) for place in _around(parts, lines)}
    return tuple(one for one in findings if _place(one.where) not in touched)


def _parts(content: Content) -> Iterator[set[_Place]]:
    """The places of the parts of each sort; a mistake lies in the last one that begins before it."""
    rules, workflow = content.rules, content.workflow
    rows = (row for table in rules.tables for row in table.rows)
    rungs = (rung for ladder in rules.ladders.values() for rung in ladder.rungs)
    sorts = (
        workflow.states, workflow.entries, workflow.transitions, rules.facts.values(), rules.rules, rules.tables, rows,
        content.terms(), rungs, rules.addressees.values(),
    )  # fmt: skip
    for sort in sorts:
        yield {_place(part.where) for part in sort}


def _around(parts: set[_Place], lines: Mapping[str, set[int]]) -> Iterator[_Place]:
    for file, wrong in lines.items():
        begins = sorted(line for of, line in parts if of == file)
        for line in wrong:
            before = [one for one in begins if one <= line]
            if before:
                yield file, before[-1]


def _place(where: str) -> _Place:
    """File and line; line 0 is the whole file."""
    file, _, rest = where.partition(":")
    return file, int(rest.partition(":")[0] or 0)
