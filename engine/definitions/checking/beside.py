"""What a rule set wants to know of other cases about the same subject: do those exist, and say that?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, fault


def check_beside(content: Content, names: Collection[str], contents: Mapping[str, Content]) -> Iterator[Finding]:
    """What is gathered from other cases, and what is read of them. Of these names some contents could not be read."""
    yield from _check_gathered(content, names, contents)
    yield from _check_other_cases(content, names, contents)


def _check_gathered(content: Content, names: Collection[str], contents: Mapping[str, Content]) -> Iterator[Finding]:
    """What is brought together exists in one of the workflows it comes from."""
    for fact in content.rules.facts.values():
        if fact.gathered is None:
            continue
        if fact.gathered.people and not content.organisation.people.prefix:
            # Without numbers nobody is found, and every rule would hear that nobody took part.
            yield fault("gathers_people_unregistered", fact.where, fact=fact.id)
        named = fact.gathered.workflows or tuple(names)
        for name in named:
            if name not in names:
                yield fault("unknown_workflow", fact.where, workflow=name, known=names)
        if any(name not in contents for name in named):
            continue  # what the others have is not known
        sources = [contents[name] for name in named]
        known = {other for source in sources for other in source.rules.facts}
        for other in fact.gathered.facts:
            if other not in known:
                yield fault("gathers_unknown", fact.where, fact=fact.id, other=other, known=known)


def _check_other_cases(content: Content, names: Collection[str], contents: Mapping[str, Content]) -> Iterator[Finding]:
    """What is read of other cases is what their workflow shows, and the same kind of value there."""
    for kind in content.kinds_of_cases:
        if kind.cases_of not in names:
            yield fault("unknown_workflow", kind.where, workflow=kind.cases_of, known=names)
        other = contents.get(kind.cases_of)
        for name, fact in kind.reads.items() if other is not None else ():
            assert other is not None  # or there is nothing to go through
            there, here = other.rules.facts.get(fact), kind.fields.get(name)
            if there is None or fact not in other.workflow.shows:
                shown = set(other.workflow.shows)
                yield fault("cases_not_shown", kind.where, workflow=kind.cases_of, fact=fact, known=shown)
            elif here is not None and there.type is not here.type:
                types = {"there": there.type.value, "here": here.type.value}
                yield fault("cases_read_otherwise", here.where, workflow=kind.cases_of, fact=fact, **types)
