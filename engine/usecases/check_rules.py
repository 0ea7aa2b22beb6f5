"""Check all content: what the reader finds wrong, and what the proofs find that the reader cannot see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from engine.core.content.ordered import letter_orders
from engine.core.content.ruleset import RuleSet
from engine.core.errors import DefinitionError
from engine.core.finding import Finding, Level, fault
from engine.crosscheck.translation import Program, left_out, translate_rules
from engine.definitions.checking.bound_rules import check_bound_rules
from engine.definitions.checking.citation_checks import check_books, check_citations, resting_on
from engine.definitions.checking.vocabulary_use import check_vocabulary_use
from engine.definitions.files.content_files import ContentFiles, Kind, read_day
from engine.definitions.files.places import Document
from engine.definitions.loaded import Loaded, load_all
from engine.definitions.reading.chains import family_in
from engine.definitions.reading.concepts import WithoutSome, concepts_in
from engine.letters.checking import check_letter, check_sender
from engine.letters.letter_rules import find_letter_rules
from engine.letters.promise_checks import check_promises
from engine.letters.reader_checks import check_readers
from engine.pages.card_checks import check_card, check_card_words
from engine.proofs.inspection import inspect_days, together
from engine.proofs.mentions import facts_read
from engine.proofs.shelf import NoShelf, ProofShelf
from engine.usecases.content_pages import assumptions_on, read_pages, versions_on
from engine.usecases.kept_check import CheckReport
from engine.words.causes import told_once
from engine.words.saying import in_order


def check_rules(
    root: Path, organisation: str = "", *, on: date | None = None, shelf: ProofShelf | None = None
) -> CheckReport:
    """Check everything under a content root, or what one organisation can use; nothing stops at the first mistake.

    `on` is the local day against which consents and mandates are held; without it nothing can have run out. What lies
    on the `shelf` is not proven again. A concept is looked at apart: what is found only because it is there stands
    under `concepts`, and all else is found as if it were not there. Raises DefinitionError when there is no content at
    all: a check of nothing shows nothing.
    """
    every, prove_on = ContentFiles(root), shelf or NoShelf()
    files = ContentFiles(root, family_in(every, organisation)) if organisation else every
    whole = _check(files, organisation, on, prove_on)
    hidden = concepts_in(files, on or date.max)
    if not hidden:
        return whole
    apart = _check(WithoutSome(files, hidden), organisation, on, prove_on)
    seen, there = _places(apart), _places(whole)
    concepts = tuple(one for one in whole.findings if _place(one) not in seen)
    is_broken = any(one.level is Level.ERROR for one in concepts)
    beside = (_of_now(one, is_broken=is_broken) for one in apart.findings if _place(one) not in there)
    alike = (one for one in apart.findings if _place(one) in there)
    return replace(apart, findings=in_order((*alike, *filter(None, beside))), concepts=concepts)


def _place(finding: Finding) -> tuple[str, str]:
    return finding.kind, finding.where


def _places(report: CheckReport) -> frozenset[tuple[str, str]]:
    return frozenset(map(_place, report.findings))


def _of_now(finding: Finding, *, is_broken: bool) -> Finding | None:
    """What is wrong only without the concepts. In a file that has no date it may be there for their sake: it is wrong
    no more once they count. Of a broken one that is not known, and then it is told as a doubt."""
    if read_day(Path(finding.where.partition(":")[0]).stem) is not None:
        return finding
    return Finding(Level.WARNING, finding.kind, finding.where, finding.parameters) if is_broken else None


def _check(files: ContentFiles, organisation: str, on: date | None, shelf: ProofShelf) -> CheckReport:
    root = files.root
    loaded, wrong = load_all(files, organisation)
    if not (organisation or loaded.organisations or wrong):
        raise DefinitionError(
            "Hier is geen inhoud om te controleren.",
            where=str(root),
            why="Er is geen enkel bestand rules/<organisatie>/organisation.yaml.",
            next_step="Geef met --content de map die rules, workflows en templates bevat.",
        )
    pages = tuple(page for page in read_pages(root, organisation, loaded.parsed) if files.is_file(page.path))
    shown = facts_read(tuple(loaded.cards.values()))
    worlds = together(loaded.contents, loaded.partly, loaded.unread)
    inspection = inspect_days(worlds, versions=versions_on(pages), on=on, wrong=wrong, elsewhere=shown, shelf=shelf)
    programs = _programs(loaded)
    found = (
        *wrong,
        *inspection.findings,
        *findings_beside_proofs(loaded, root),
        *_of_sources(loaded, pages, is_whole=not (organisation or wrong)),
    )
    return CheckReport(
        findings=told_once(found),
        proven=(
            *inspection.proven,
            *(f"{rules.id}: de tweede regelmotor kan {len(program.subjects)} regels en tabelrijen narekenen."
              for rules, program in programs),
        ),
        assumptions=len(assumptions_on(pages)),
        counts=inspection.counts,
        letters=_letters_by_name(loaded),
    )  # fmt: skip


def findings_beside_proofs(loaded: Loaded, root: Path) -> Iterator[Finding]:
    """What is found in what was read that is no proof: letters, cards, and rules that nobody works out again."""
    yield from _of_letters(loaded, root)
    yield from _of_cards(loaded, root)
    yield from _of_bound_rules(loaded, ContentFiles(root))
    yield from (finding for rules, program in _programs(loaded) for finding in left_out(rules, program))


def _of_bound_rules(loaded: Loaded, files: ContentFiles) -> Iterator[Finding]:
    for (owner, _, _), rules in sorted(loaded.rule_sets.items(), key=lambda one: one[0]):
        chain = (*loaded.organisations[owner].inherits, owner)
        yield from check_bound_rules(rules, {name for one in chain for name in files.names(Kind.RULES, one)})


def _programs(loaded: Loaded) -> list[tuple[RuleSet, Program]]:
    partly = {id(content.rules) for content in loaded.partly.values()}
    whole = [rules for rules in loaded.rule_sets.values() if id(rules) not in partly]
    return [(rules, translate_rules(rules)) for rules in whole]


def _letters_by_name(loaded: Loaded) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {}
    for content in loaded.contents.values():
        for name in (content.rules.id, content.workflow.id):
            found.setdefault(name, set()).update(one.letter for one in letter_orders(content.workflow, content.rules))
    return {name: sorted(letters) for name, letters in sorted(found.items())}


def _of_letters(loaded: Loaded, root: Path) -> Iterator[Finding]:
    demands = {owner: find_letter_rules(root, found) for owner, found in loaded.organisations.items()}
    for (owner, _, _), template in sorted(loaded.letters.items()):
        if owner in demands:
            yield from check_letter(template, demands[owner])
    # Several contents order the same letters: what is wrong is said once.
    yield from dict.fromkeys(one for content in loaded.contents.values() for one in check_readers(content))
    yield from dict.fromkeys(one for content in loaded.contents.values() for one in check_sender(content))
    for content in loaded.contents.values():
        yield from check_promises(content, demands[content.organisation.id])


def _of_sources(loaded: Loaded, pages: Sequence[Document], *, is_whole: bool) -> Iterator[Finding]:
    """What is cited and not known. Once all of it is, and everything could be read: what is known and not cited."""
    unknown = tuple(check_citations(pages, loaded.books))
    yield from unknown
    if is_whole and not unknown:
        yield from check_vocabulary_use(pages)
        yield from check_books(loaded.own_books.values(), resting_on(pages, loaded.books))


def _of_cards(loaded: Loaded, root: Path) -> Iterator[Finding]:
    """Each card against its workflow as it is in force from the day of the card on, for whoever inherits it."""
    for words in loaded.card_words.values():
        yield from check_card_words(words.readers)
    for (owner, name, version), card in sorted(loaded.cards.items(), key=lambda one: one[0]):
        found = [(key, content) for key, content in loaded.contents.items() if key[1] == name]
        last = max((day for (_, _, day), _ in found if day <= version), default=version)
        seen = [
            (org, content) for (org, _, day), content in found if day >= last and owner in (org, *_below(loaded, org))
        ]
        if any(key[1] == name for key in (*loaded.unread, *loaded.partly)):
            continue  # what the card is held against is not known
        if not (seen or loaded.lost):  # an organisation that cannot be read may have what the card is of
            yield fault("card_of_nothing", card.where, card=name, organisation=owner)
        for organisation, content in seen:
            if organisation not in loaded.card_words:
                continue
            rules = find_letter_rules(root, loaded.organisations[organisation])
            yield from check_card(card, loaded.card_words[organisation], content, rules)


def _below(loaded: Loaded, organisation: str) -> tuple[str, ...]:
    return loaded.organisations[organisation].inherits
