"""What is wrong with the cards of an organisation: a state without words, a silent term, a text that is too hard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from engine.core.content.template import LetterTemplate
from engine.core.errors import LetterError
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, Level, fault
from engine.core.language.conditions import facts_in_expression
from engine.definitions.card import PARTS, WAY_PARTS, Card, CardReader, CardWords, Stop
from engine.definitions.checking.scope import scope_of
from engine.letters.language import names_used
from engine.letters.letter_rules import LetterRules, LevelRules
from engine.letters.plain_words import find_hard_words
from engine.pages.card_text import CONTACT, DAY, as_template
from engine.pages.way_text import LENGTH, compose_way, has_way_card

Readers = Mapping[str, CardReader]


def check_card_words(readers: Readers) -> Iterator[Finding]:
    """No reader lacks a word that stands around every card."""
    for reader in readers.values():
        # Route cards are for whom there is a word for them; then there must be all of them.
        parts = (*PARTS, *WAY_PARTS) if reader.headings.keys() & set(WAY_PARTS) else PARTS
        if missing := tuple(part for part in parts if part not in reader.headings):
            yield fault("card_heading_missing", reader.where, reader=reader.id, missing=missing)


def check_card(card: Card, words: CardWords, content: Content, rules: LetterRules) -> tuple[Finding, ...]:
    """All that is wrong with one card, held against the content of its workflow."""
    found = (
        *_states(card, content),
        *_stops(card, words.readers, content),
        *_terms(card, content),
        *_texts(card, words, rules),
        *_facts(card, words, content),
    )
    is_whole = all(one.level is not Level.ERROR for one in found)
    return (*found, *_ways(card, words, content)) if is_whole else found


def _states(card: Card, content: Content) -> Iterator[Finding]:
    known = {state.id for state in content.workflow.states}
    told: dict[str, str] = {}
    for stop in card.stops:
        for state in stop.states:
            if state not in known:
                yield fault("card_state_unknown", stop.where, stop=stop.id, state=state, known=known)
            elif state in told:
                yield fault("card_state_told_twice", stop.where, state=state, stop=told[state], other=stop.id)
            told.setdefault(state, stop.id)
    for state in sorted(known - told.keys()):
        yield fault("card_state_untold", card.where, state=state)


def _stops(card: Card, readers: Readers, content: Content) -> Iterator[Finding]:
    way = {stop.id for stop in card.way}
    for stop in card.stops:
        if stop.beside and stop.beside not in way:
            yield fault("card_beside_nothing", stop.where, stop=stop.id, beside=stop.beside, known=way)
        for reader in readers.values():
            yield from _silence(stop, reader)
            yield from _nobody_at_move(stop, reader, content)
    named = {name for texts, _ in _all_texts(card) for name in texts}
    for reader_id in sorted(named - readers.keys()):
        yield fault("card_reader_unknown", card.where, reader=reader_id, known=readers.keys())
    for reader_id in readers.keys() - card.heading.keys():
        yield fault("card_silent_to_reader", card.where, stop=card.workflow, reader=reader_id, key="heading")


def _silence(stop: Stop, reader: CardReader) -> Iterator[Finding]:
    for key, texts in (("name", stop.name), ("now", stop.now)):
        if reader.id not in texts and not (key == "name" and stop.beside):
            yield fault("card_silent_to_reader", stop.where, stop=stop.id, reader=reader.id, key=key)


def _nobody_at_move(stop: Stop, reader: CardReader, content: Content) -> Iterator[Finding]:
    """The body that owns an open state must be at move in words, unless the stop says itself who is."""
    if reader.id in stop.turn:
        return
    owners = {content.workflow.state(one).owner for one in stop.states if content.workflow.has_state(one)}
    for body in sorted(owners - {""} - reader.turn.keys()):
        yield fault("card_turn_missing", stop.where, reader=reader.id, body=body, stop=stop.id)


def _terms(card: Card, content: Content) -> Iterator[Finding]:
    known = {term.id: term for term in content.terms()}
    for name in (*card.terms, *card.untold):
        if name not in known:
            where = card.terms[name].where if name in card.terms else card.where
            yield fault("card_term_unknown", where, term=name, known=known.keys())
    for term in known.values():
        if term.kind == "statutory" and term.id not in card.terms and term.id not in card.untold:
            yield fault("card_term_untold", card.where, term=term.id, label=term.label)


def _texts(card: Card, words: CardWords, rules: LetterRules) -> Iterator[Finding]:
    fields = {field.name for field in (*card.fields, *words.fields)} | {CONTACT}
    used: set[str] = set()
    for reader in words.readers.values():
        of_case = (*_all_texts(card), ({reader.id: reader.helps}, reader.where))
        ahead = [(term.ahead, term.where) for term in card.terms.values()]
        for more, texts, where in (*((DAY, *one) for one in of_case), *((LENGTH, *one) for one in ahead)):
            known = fields | {more}
            try:
                names = {use.name for use in names_used(_placed(card, _joined(texts.get(reader.id, "")), where))}
            except LetterError as wrong:
                yield fault("card_text_unreadable", where, reason=str(wrong.what), next_step=wrong.next_step)
                continue
            used |= names
            for name in sorted(names - known):
                yield fault("card_field_unknown", where, field=name, known=known)
        yield from _too_hard(card, reader, rules)
    yield from (fault("card_field_unused", one.where, field=one.name) for one in card.fields if one.name not in used)


def _facts(card: Card, words: CardWords, content: Content) -> Iterator[Finding]:
    """What a field says is of facts that a case of this workflow can know."""
    scope = scope_of(content.rules, content.organisation, content.workflow, own_states=False)
    for field in (*card.fields, *words.fields):
        for fact in sorted(facts_in_expression(field.value)):
            scope.shape_of(fact, field.where or card.where)
    yield from dict.fromkeys(scope.findings)


def _ways(card: Card, words: CardWords, content: Content) -> Iterator[Finding]:
    """A route card can be made for each reader of them: nothing is printed that only a case knows."""
    for reader in words.readers.values():
        if has_way_card(reader) and reader.id in card.heading:
            try:
                compose_way(card, reader, words.fields, content)
            except LetterError as wrong:
                yield fault("card_way_unreadable", wrong.where, reader=reader.id, reason=str(wrong.what))


def _placed(card: Card, text: str, where: str, level: str = "") -> LetterTemplate:
    return replace(as_template(card, text, level), where=where)


def _too_hard(card: Card, reader: CardReader, rules: LetterRules) -> Iterator[Finding]:
    """The language of each stop as its reader gets it: what is around it counts for who is addressed, and how."""
    measure = rules.levels.get(reader.level)
    if measure is None:
        return
    for stop in card.stops:
        texts = (stop.now, stop.turn, stop.coming, stop.you)
        body = "\n\n".join(_joined(one[reader.id]) for one in texts if reader.id in one)
        body += "\n\n" + _joined(reader.helps)
        yield from _hard_words(_placed(card, body, stop.where, reader.level), measure, rules)
    for term in card.terms.values():
        said = [one[reader.id] for one in (term.runs, term.still, term.late, term.ahead) if reader.id in one]
        # A single sentence about a day need address nobody, and of one sentence there is no mean and no share.
        spoken = replace(measure, one_of=(), mean_sentence=measure.longest_sentence, nominal_share=1.0)
        yield from _hard_words(_placed(card, "\n\n".join(said), term.where, reader.level), spoken, rules)


def _hard_words(template: LetterTemplate, measure: LevelRules, rules: LetterRules) -> Iterator[Finding]:
    try:
        yield from find_hard_words(template, measure, rules.known_abbreviations)
    except LetterError:
        return  # said already: the text cannot be read


def _all_texts(card: Card) -> Iterable[tuple[Mapping[str, str | tuple[str, ...]], str]]:
    """Every text by reader, and its place."""
    for stop in card.stops:
        yield from ((texts, stop.where) for texts in (stop.now, stop.turn, stop.coming, stop.you))
    for term in card.terms.values():
        yield from ((texts, term.where) for texts in (term.runs, term.still, term.late))


def _joined(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else "\n".join(f"- {one}" for one in text)
