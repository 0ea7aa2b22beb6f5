"""Who is asked whether a change is seen: who reads the content, its tests and stories, and `rules check`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from engine.core.content.ordered import case_orders
from engine.core.errors import EngineError
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, Level
from engine.definitions.checking.cross_checks import Unread, check_across
from engine.definitions.files.content_files import Kind
from engine.definitions.loaded import Loaded, Version
from engine.definitions.script import CasePlan, RuleTest
from engine.proofs.inspection import inspect_days, together
from engine.proofs.mentions import facts_read
from engine.proofs.shelf import KeptProof
from engine.proofs.world import Name, name_of
from engine.rehearsal.compare_evaluators import Comparison
from engine.rehearsal.memory import MemoryRuntime
from engine.rehearsal.rule_test_run import TestRun
from engine.usecases.check_rules import findings_beside_proofs
from tools.removals.changes import Change
from tools.removals.content import Otherwise, Whole
from tools.removals.sights import Witness

_NO_NOTICING = frozenset({"source_not_cited", "assumption"})
READING, CHECK, BY_CHRONICLE = "content: ", "rules check: ", " (verloop)"
"""A story may still expect what happens, while its kept chronicle tells it otherwise."""
MOST_ASKED, LONGEST = 40, 2.0
"""So many stories are asked, those that speak most of it first; one that takes more seconds only when few others see
it: a life through eight cases comes near everything, and nearly never notices what nobody else does. A test of one
moment takes next to no time: every one that sees it is asked."""
_BETWEEN_CASES = frozenset(("entry", "opening", "transition", "rule", "term"))


class Judges:
    """They see one change at a time; what they need of the content as it is, is made once."""

    def __init__(self, whole: Whole, witnesses: tuple[Witness, ...], on: date) -> None:
        self.whole, self._witnesses, self._on = whole, witnesses, on
        self._runtimes: dict[str, MemoryRuntime] = {}
        self._shelf = _Shelf()
        self._before: dict[tuple[frozenset[Version], bool], Counter[str]] = {}

    def notices(self, change: Change, before: str = "") -> str:
        """Who notices first, and by what; empty when nobody does. Who did so `before` is asked before the others."""
        other = self.whole.otherwise(change)
        asked = self._asked(change, before)
        # Content is made for the organisation of a story when that is asked; to make it for all costs more than most
        # stories take, so that comes first only where the reader or the check is likely to notice.
        if asked and not before.startswith((READING, CHECK)) and (seen := self._by_tests(asked, other)):
            return seen
        try:
            touched = other.touched()
        except EngineError as wrong:
            return f"{READING}{wrong.what.splitlines()[0]}"
        if before.startswith(CHECK) and (seen := self._by_check(change, touched)):
            return seen
        if before.startswith((READING, CHECK)) and (seen := self._by_tests(asked, other)):
            return seen
        return self._by_check(change, touched)

    def seeing(self, change: Change) -> Iterator[Witness]:
        """The tests and stories that can see it: played on this file, and come where it matters."""
        for one in self._witnesses:
            if change.path in one.sight.files and _comes_near(one, change):
                yield one

    def _asked(self, change: Change, before: str) -> tuple[Witness, ...]:
        every = sorted(self.seeing(change), key=lambda one: _rank(one, change, before))
        quick = [one for one in every if one.sight.seconds <= LONGEST or one.text == bare(before)]
        return tuple(_of_stories_the_first(quick if len(quick) > 2 else every))

    def _by_tests(self, witnesses: Iterable[Witness], other: Otherwise) -> str:
        for one in witnesses:
            runtime = self._runtime(one.organisation, other)
            try:
                outcome = TestRun(runtime, Comparison(None)).run(one.one, one.file)
                if outcome.mismatches:
                    return one.text
                if one.chronicle is not None and outcome.chronicle != one.chronicle:
                    return f"{one.text}{BY_CHRONICLE}"
            except EngineError as wrong:
                return f"{READING}{wrong.what.splitlines()[0]}"
        return ""

    def _runtime(self, organisation: str, catalogue: Otherwise) -> MemoryRuntime:
        if organisation not in self._runtimes:
            self._runtimes[organisation] = MemoryRuntime(catalogue, organisation)
        self._runtimes[organisation].catalogue = catalogue
        return self._runtimes[organisation]

    def _by_check(self, change: Change, touched: Mapping[Version, Content]) -> str:
        is_wide = change.kind in _BETWEEN_CASES
        key = frozenset(touched), is_wide
        if key not in self._before:
            self._before[key] = self._findings(self._as_it_is(touched), is_wide=is_wide)
        if hangs_no_way_on(change):
            as_it_is = self._as_it_is(touched)
            self._shelf.alike.update({name_of(touched[one]): name_of(was) for one, was in as_it_is.items()})
        more = self._findings(touched, is_wide=is_wide) - self._before[key]
        return f"{CHECK}{', '.join(sorted(more))}" if more else ""

    def _as_it_is(self, keys: Iterable[Version]) -> Mapping[Version, Content]:
        return {one: self.whole.loaded[one[0]].contents[one] for one in keys}

    def _findings(self, touched: Mapping[Version, Content], *, is_wide: bool) -> Counter[str]:
        """What `rules check` finds of these contents, and of what opens them or is opened when that may matter."""
        found: Counter[str] = Counter()
        for organisation in sorted({key[0] for key in touched}):
            own = {key: content for key, content in touched.items() if key[0] == organisation}
            found.update(
                one.kind
                for one in self._check(self.whole.loaded[organisation], organisation, own, is_wide=is_wide)
                if one.level is not Level.ASSUMPTION and one.kind not in _NO_NOTICING
            )
        return found

    def _check(
        self, loaded: Loaded, organisation: str, own: Mapping[Version, Content], *, is_wide: bool
    ) -> Iterator[Finding]:
        every = {**loaded.contents, **own}
        names = {key[1] for key in own}
        together_with = _near(names, every.values()) if is_wide else names
        near = {key: one for key, one in every.items() if key[1] in together_with}
        files, chain = self.whole.catalogue.files, self.whole.catalogue.chain(organisation)
        letters = frozenset(name for one in chain for name in files.names(Kind.LETTERS, one))
        yield from check_across(loaded.organisations, every, letters, Unread())
        shown = facts_read(tuple(loaded.cards.values()))
        yield from inspect_days(together(near), on=self._on, elsewhere=shown, shelf=self._shelf).findings
        part = Loaded(
            organisations=loaded.organisations,
            contents=dict(own),
            rule_sets={(organisation, one.rules.id, one.rules.valid_from): one.rules for one in own.values()},
            cards={key: card for key, card in loaded.cards.items() if key[1] in names},
            card_words=loaded.card_words,
        )
        yield from findings_beside_proofs(part, self.whole.root)

    def close(self) -> None:
        """Close what was opened."""
        for runtime in self._runtimes.values():
            runtime.close()


class _Shelf:
    """The proofs of what did not change."""

    def __init__(self) -> None:
        self._kept: dict[Name, KeptProof] = {}
        self.alike: dict[Name, Name] = {}

    def get(self, name: Name) -> KeptProof | None:
        """What was proven of this content, or of one with the same ways."""
        return self._kept.get(self.alike.get(name, name))

    def put(self, name: Name, proof: KeptProof) -> None:
        """Keep it."""
        self._kept[name] = proof


def hangs_no_way_on(change: Change) -> bool:
    """Whether no way through the procedure hangs on it: who is told, and a reminder that sends no letter."""
    is_in_reminder = "reminders" in change.at and "letter" not in change.words and "letters" not in change.words
    return change.kind in ("notice", "other_notice") or is_in_reminder


def _comes_near(one: Witness, change: Change) -> bool:
    """Whether what the change is about happens there. A test by itself speaks of what could happen, too."""
    if change.only_in:
        return change.only_in in one.sight.met
    return not change.about or change.about in one.sight.met or change.about in one.told


def bare(noticed: str) -> str:
    """The test or story of a verdict."""
    return noticed.removesuffix(BY_CHRONICLE)


def _of_stories_the_first(witnesses: Iterable[Witness]) -> Iterator[Witness]:
    stories = 0
    for one in witnesses:
        stories += isinstance(one.one, CasePlan)
        if isinstance(one.one, RuleTest) or stories <= MOST_ASKED:
            yield one


def _near(names: set[str], contents: Iterable[Content]) -> frozenset[str]:
    found = set(names)
    for content in contents:
        opened = {order.workflow for order in case_orders(content.workflow, content.rules)}
        if content.workflow.id in names:
            found |= opened
        elif opened & names:
            found.add(content.workflow.id)
    return frozenset(found)


def _rank(one: Witness, change: Change, before: str) -> tuple[bool, bool, int, float]:
    """Asked first: who noticed before, who stands beside the procedure and speaks of it, who is quick.

    Of what follows from a transition or term each story that comes there tells in its chronicle: the quickest will do.
    """
    is_told = bool(change.only_in) and one.chronicle is not None
    said = len(change.words) if is_told else sum(1 for word in change.words if word in one.told)
    return one.text != bare(before), one.procedure != change.procedure, -said, one.sight.seconds
