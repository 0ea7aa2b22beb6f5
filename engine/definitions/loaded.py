"""All content at once, for the checker: everything that can be read, and everything found wrong on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import ParamSpec, TypeVar

from engine.core.content.organisation import Organisation
from engine.core.content.ruleset import RuleSet
from engine.core.content.template import LetterTemplate
from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, fault
from engine.core.quick_class import dataclass
from engine.definitions.card import Card, CardWords
from engine.definitions.card_loader import CardLoader
from engine.definitions.checking.cross_checks import Unread, check_across
from engine.definitions.checking.law_below import check_law_below
from engine.definitions.checking.left_out import check_left_out
from engine.definitions.checking.type_checks import check_rule_set
from engine.definitions.files.content_files import ContentFiles, Kind, version_on
from engine.definitions.files.footprint import Footprint
from engine.definitions.files.places import findings_of
from engine.definitions.loader import Loader
from engine.definitions.reading.script_file import read_test_file
from engine.definitions.reading.sources import Sources
from engine.definitions.script import RuleTestFile
from engine.definitions.source_book import SourceBook
from engine.definitions.source_loader import SourceLoader
from engine.words.causes import told_once
from engine.words.saying import say

T = TypeVar("T")
P = ParamSpec("P")
Version = tuple[str, str, date]
"""Organisation, id, first day of the version (of a workflow: the day from which it is so)."""


@dataclass(slots=True, kw_only=True)
class Loaded:
    """What could be read. `contents` has, for each organisation and workflow, the content of each day on which
    another version takes force; only organisations that nobody inherits have contents of their own. A letter with a
    mistake is left out. `partly` has those of which some name or type is wrong: they can be looked at, never used.
    `unread` names the workflows that could not be read, with their rule set (empty: not known), `lost` is whom."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    contents: dict[Version, Content] = field(default_factory=dict)
    partly: dict[Version, Content] = field(default_factory=dict)
    unread: dict[Version, str] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    rule_sets: dict[Version, RuleSet] = field(default_factory=dict)
    letters: dict[Version, LetterTemplate] = field(default_factory=dict)
    cards: dict[Version, Card] = field(default_factory=dict)
    card_words: dict[str, CardWords] = field(default_factory=dict)
    books: dict[str, SourceBook] = field(default_factory=dict)
    own_books: dict[str, SourceBook] = field(default_factory=dict)
    parsed: Sources | None = None


def load_all(files: Path | ContentFiles, organisation: str = "") -> tuple[Loaded, tuple[Finding, ...]]:
    """Everything in a folder (or what one organisation can use), and all findings; nothing stops at the first."""
    collector = _Collector(files if isinstance(files, ContentFiles) else ContentFiles(files))
    collector.load(organisation)
    return collector.loaded, collector.findings()


class _Collector:
    """Tries every part; a part that fails leaves its findings and is passed over."""

    def __init__(self, files: ContentFiles) -> None:
        self._files = files
        self._loader = Loader(files)
        self.loaded = Loaded(parsed=self._loader.sources)
        self._cards = CardLoader(self._loader.sources, self._loader.organisations)
        self._books = SourceLoader(self._loader.sources, self._loader.organisations)
        self._found: dict[tuple[str, str], Finding] = {}
        self._chains: dict[str, tuple[str, ...]] = {}
        self._wrong_letters: set[str] = set()

    def findings(self) -> tuple[Finding, ...]:
        return told_once(self._found.values())

    def load(self, only: str) -> None:
        for one in self._files.organisations():
            self._chains[one] = self._try(self._loader.organisations.chain, one) or ()
        chains = {one: chain for one, chain in self._chains.items() if chain}
        inherited = {lower for chain in chains.values() for lower in chain[:-1]}
        wanted = [one for one in chains if not only or one == only or only in inherited & set(chains[one])]
        for one in wanted:
            self._load_organisation(one, chains[one], has_own_contents=one not in inherited or one == only)
        self.loaded.lost.update(self._chains.keys() - chains.keys(), set(wanted) - self.loaded.organisations.keys())
        self._check_across()

    def _check_across(self) -> None:
        """What one file says of another; nothing is said of what the other says when that could not be read."""
        there = self.loaded.organisations
        names = {one: self._files.names(Kind.LETTERS, one) for top in there for one in self._chains[top]}
        # Of a layer below, when one organisation is looked at alone, only what the acts order was read.
        own = {name for owner in there for name in names[owner]} - {name for _, name, _ in self.loaded.letters}
        unread = Unread(workflows=self.loaded.unread, letters=frozenset(own | self._wrong_letters))
        contents = {**self.loaded.contents, **self.loaded.partly}
        self._note(check_across(there, contents, frozenset().union(*names.values()), unread))

    def _load_organisation(self, organisation: str, chain: tuple[str, ...], *, has_own_contents: bool) -> None:
        if (found := self._try(self._loader.organisations.organisation, organisation, Footprint())) is None:
            return
        self.loaded.organisations[organisation] = found
        self._note(check_law_below(chain[:-1], self._loader.sources))
        self._try(self._loader.organisations.calendar, organisation, Footprint())
        self._load_layers(organisation)
        self._load_letters(organisation)
        self._load_cards(organisation)
        self._load_books(organisation)
        if has_own_contents:
            names = {name for one in chain for name in self._files.names(Kind.WORKFLOWS, one)}
            self._note(check_left_out(found, names, self._files.names(Kind.WORKFLOWS, organisation)))
            for name in sorted(names - found.leaves_out.keys()):
                self._load_workflow(organisation, chain, name)
            self._load_idle_rule_sets(found, chain)

    def _load_layers(self, organisation: str) -> None:
        """Each file on its own, so that a mistake in an old version is found too."""
        reader = self._reader_of(organisation)
        for name in self._files.names(Kind.RULES, organisation):
            self._refuse_strangers(Kind.RULES, organisation, name)
            for version in self._files.versions(Kind.RULES, organisation, name):
                self._try(self._loader.layer, organisation, name, version, reader, Footprint())
            for path in self._files.test_files(organisation, name):
                self._load_tests(path, organisation, name)
        for name in self._files.names(Kind.WORKFLOWS, organisation):
            self._refuse_strangers(Kind.WORKFLOWS, organisation, name)

    def _load_letters(self, organisation: str) -> None:
        reader, read = self._reader_of(organisation), self._loader.letters.letter_version
        for name in self._files.names(Kind.LETTERS, organisation):
            self._refuse_strangers(Kind.LETTERS, organisation, name)
            for version in self._files.versions(Kind.LETTERS, organisation, name):
                letter = self._try(read, reader, organisation, name, version, Footprint())
                if letter is not None:
                    self.loaded.letters[organisation, name, version] = letter

    def _load_cards(self, organisation: str) -> None:
        reader = self._reader_of(organisation)
        for name in self._files.names(Kind.CARDS, organisation):
            self._refuse_strangers(Kind.CARDS, organisation, name)
            for version in self._files.versions(Kind.CARDS, organisation, name):
                card = self._try(self._cards.card_version, reader, organisation, name, version)
                if card is not None:
                    self.loaded.cards[organisation, name, version] = card
        if (words := self._try(self._cards.words, reader)) is not None:
            self.loaded.card_words[organisation] = words

    def _load_books(self, organisation: str) -> None:
        for read, kept in ((self._books.own_book, self.loaded.own_books), (self._books.book, self.loaded.books)):
            if (book := self._try(read, organisation)) is not None:
                kept[organisation] = book

    def _load_tests(self, path: str, organisation: str, rule_set: str) -> None:
        found = self._try(self._read_tests, path, organisation)
        if found is not None and found.rule_set != rule_set:
            told = {"rule_set": found.rule_set, "folder": rule_set}
            self._note([fault("tests_of_another", f"{path}:1:1", **told)])

    def _read_tests(self, path: str, organisation: str) -> RuleTestFile:
        return read_test_file(self._files.read(path)[0], path, organisation)

    def _load_workflow(self, organisation: str, chain: tuple[str, ...], name: str) -> None:
        for day in self._days_of_change(chain, name):
            if (judged := self._try(self._loader.judged, organisation, name, day, Footprint())) is None:
                self._look_apart(organisation, chain, name, day)
                continue
            content, wrong_letters, wrong = judged
            self._wrong_letters |= wrong_letters.keys()
            for findings in (*wrong_letters.values(), wrong):
                self._note(findings)
            (self.loaded.partly if wrong else self.loaded.contents)[organisation, name, day] = content
            self.loaded.rule_sets[organisation, content.rules.id, content.rules.valid_from] = content.rules

    def _look_apart(self, organisation: str, chain: tuple[str, ...], name: str, day: date) -> None:
        """The workflow and its rules each by itself, so that a mistake in one does not hide those in the other."""
        owner = self._files.nearest_owner(Kind.WORKFLOWS, chain, name)
        version = version_on(self._files.versions(Kind.WORKFLOWS, owner, name), day) if owner else None
        rule_set = self._try(self._rule_set_of, owner, name, version) if owner and version else None
        self.loaded.unread[organisation, name, day] = rule_set or ""
        has_rules = rule_set is not None and self._files.nearest_owner(Kind.RULES, chain, rule_set) is not None
        rules = (
            self._try(self._loader.rule_set, organisation, rule_set, day, Footprint())
            if rule_set and has_rules
            else None
        )
        if rules is not None and not rules.ladders:  # terms of a ladder are known with its workflow only
            self._note(check_rule_set(rules, self.loaded.organisations[organisation]))
        elif rules is None and owner and version:
            self._try(self._loader.workflow_alone, organisation, owner, name, version)

    def _days_of_change(self, chain: tuple[str, ...], name: str) -> Iterator[date]:
        """The days on which a version of the workflow, of its rules or of a letter of it takes force."""
        owner = self._files.nearest_owner(Kind.WORKFLOWS, chain, name)
        if owner is None:
            return
        versions = self._files.versions(Kind.WORKFLOWS, owner, name)
        days = set(versions)
        for rule_set in {self._try(self._rule_set_of, owner, name, version) for version in versions}:
            holder = self._files.nearest_owner(Kind.RULES, chain, rule_set) if rule_set else None
            if rule_set is None or holder is None:
                continue
            first = self._files.versions(Kind.RULES, holder, rule_set)[0]
            days |= {day for one in chain for day in self._files.versions(Kind.RULES, one, rule_set)}
            days = days if holder == owner else {max(day, first) for day in days}
        days |= {day for one in chain for id_ in self._files.names(Kind.LETTERS, one)
                 for day in self._files.versions(Kind.LETTERS, one, id_)}  # fmt: skip
        yield from sorted(day for day in days if day >= versions[0])

    def _load_idle_rule_sets(self, organisation: Organisation, chain: tuple[str, ...]) -> None:
        """Rule sets that no workflow uses still have names and types to check."""
        used = {key[1] for key in self.loaded.rule_sets if key[0] == organisation.id} | organisation.leaves_out.keys()
        for name in sorted({name for one in chain for name in self._files.names(Kind.RULES, one)} - used):
            owner = self._files.nearest_owner(Kind.RULES, chain, name) or organisation.id
            for version in self._files.versions(Kind.RULES, owner, name):
                rules = self._try(self._loader.rule_set, organisation.id, name, version, Footprint())
                wrong = check_rule_set(rules, organisation) if rules is not None else []
                self._note(wrong)
                if rules is not None and not wrong:
                    self.loaded.rule_sets[organisation.id, name, version] = rules

    def _refuse_strangers(self, kind: Kind, organisation: str, name: str) -> None:
        self._note(fault("not_dated", path) for path in self._files.strangers(kind, organisation, name))

    def _rule_set_of(self, owner: str, name: str, version: date) -> str:
        path = self._files.version_file(Kind.WORKFLOWS, owner, name, version)
        said = self._loader.sources.document(path).value
        return str(said.get("rule_set", "")) if isinstance(said, dict) else ""

    def _reader_of(self, organisation: str) -> str:
        """An organisation that inherits this one, if any: it has all parameters the layer may name."""
        return next((one for one, chain in self._chains.items() if organisation in chain[:-1]), organisation)

    def _try(self, attempt: Callable[P, T], *given: P.args, **named: P.kwargs) -> T | None:
        try:
            return attempt(*given, **named)
        except DefinitionError as error:
            self._note(findings_of(error))
            return None

    def _note(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self._found.setdefault((finding.where, say(finding).what), finding)
