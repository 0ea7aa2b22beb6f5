"""The card of a case: where it is, who is at move, what comes next and by when, for those outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from engine.core.content.letter_readers import FIRST_NAME_MARK
from engine.core.content.template import LetterField
from engine.core.deciding.case import ENGINE, Case, Clock
from engine.core.deciding.lateness import ClockStanding, clocks_at
from engine.core.deciding.readers import first_name, kind_now
from engine.core.deciding.situation import Situation, look
from engine.core.deciding.waiting import last_day_of, waits_for
from engine.core.deciding.why import possibilities
from engine.core.errors import LetterError, UsageError
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.core.moment import local_day
from engine.definitions.card import CardReader
from engine.definitions.card_loader import CardLoader
from engine.line.plan import ask_about
from engine.pages.card_sheet import RenderedCard, render_card
from engine.pages.card_text import CardTerm, Running, ToldCase, compose_card
from engine.runtime import Runtime


def show_card(runtime: Runtime, case_id: str, reader_id: str = "") -> tuple[RenderedCard, ...]:
    """The card of a case for one reader, or for each there is one for.

    Raises CaseError when there is no such case, UsageError for a reader who gets no cards, LetterError when the card
    cannot be made, DefinitionError when the procedure has no card.
    """
    from engine.line.people import names_here

    with runtime.reading() as readings:
        moment, case = runtime.moment_by(readings), readings.load_case(case_id)
        situation = look(ask_about(runtime, readings, case, ENGINE, moment))
        names = names_here(readings, situation.content.organisation) if case.handler else {}
    content = situation.content
    loader = runtime.catalogue.loader
    cards = CardLoader(loader.sources, loader.organisations)
    organisation = content.organisation
    words = cards.words(organisation.id)
    card = cards.card(organisation.id, case.workflow, local_day(moment))
    readers = _entitled(_chosen(words.readers, reader_id), situation)
    if not readers:
        raise _not_theirs(situation, reader_id)
    about = str(situation.lookup(content.workflow.subject_name) or case.subject)
    values = _values((*words.fields, *card.fields), situation, card.where)
    found: list[RenderedCard] = []
    root = runtime.look_root
    for reader in readers:
        told = ToldCase(
            case_id=case.id,
            state=case.state,
            body=_at_move(situation, reader),
            terms=tuple(_terms(content, case, situation, reader)),
            values=values,
            contact=names.get(case.handler, case.handler),
            made_on=local_day(moment),
        )
        sheet = compose_card(
            card, reader, told, about=_about(situation, reader, about), organisation=organisation.title
        )
        found.append(render_card(sheet, organisation, root))
    return tuple(found)


def _chosen(readers: Mapping[str, CardReader], reader_id: str) -> Sequence[CardReader]:
    if not readers:
        raise LetterError(
            "Er zijn geen woorden voor kaarten.",
            why="Er is geen templates/cards/<organisatie>/words.yaml.",
            next_step="Maak dat bestand aan, met de lezers voor wie er kaarten zijn.",
        )
    if reader_id and reader_id not in readers:
        raise UsageError(f"Er zijn geen kaarten voor '{reader_id}'.", next_step=f"Kies uit: {', '.join(readers)}.")
    return [readers[reader_id]] if reader_id else list(readers.values())


def _entitled(readers: Sequence[CardReader], situation: Situation) -> Sequence[CardReader]:
    """The readers whose card this is: what was written for parents is not theirs once the pupil acts alone."""
    return [one for one in readers if (now := _reads_now(situation, one.id)) == one.id or now in one.also]


def _reads_now(situation: Situation, reader_id: str) -> str:
    known = situation.content.organisation.letter_readers
    return kind_now(situation, reader_id).id if reader_id in known else reader_id


def _not_theirs(situation: Situation, reader_id: str) -> LetterError:
    kind = situation.content.organisation.letter_readers[_reads_now(situation, reader_id)]
    return LetterError(
        f"Van zaak {situation.case.id} is er geen kaart voor '{reader_id}'.",
        why=f"In die plaats leest nu: {kind.label.lower()}.",
        next_step="Maak de kaarten zonder --for: dan ziet u voor wie er een is.",
    )


def _about(situation: Situation, reader: CardReader, full_name: str) -> str:
    """Whom the card is about, as this reader is called: a child by the first name."""
    kind = situation.content.organisation.letter_readers.get(reader.id)
    is_called = kind is not None and FIRST_NAME_MARK in kind.salutation
    return first_name(situation, kind, full_name) if kind and is_called else full_name


def _values(fields: Sequence[LetterField], situation: Situation, where: str) -> Mapping[str, Value | None]:
    found: dict[str, Value | None] = {}
    for one in fields:
        value = situation.worded(one.value)
        found[one.name] = value
        if value is None and not one.is_optional:
            raise LetterError(
                f"De kaart van zaak {situation.case.id} kan niet worden gemaakt: '{one.name}' is nog niet bekend.",
                where=one.where or where,
                next_step="Leg het gegeven vast, of maak het veld 'optional' bij fields van de kaart.",
            )
    return found


def _at_move(situation: Situation, reader: CardReader) -> str:
    """The body that must act: the owner of the state, unless the case waits for others only."""
    if situation.case.is_closed:
        return ""
    owner = situation.content.workflow.state(situation.case.state).owner
    bodies = waits_for(situation, possibilities(situation)).bodies
    return owner if owner in bodies else next((one for one in bodies if one in reader.turn), owner)


def _terms(content: Content, case: Case, situation: Situation, reader: CardReader) -> list[CardTerm]:
    """How each clock stands, the first day first; of those that hang on one addressee only the reader's own."""
    addressees = content.rules.addressees
    found: dict[tuple[str, Running, date | None], CardTerm] = {}
    for standing in clocks_at(content, case, situation.moment):
        if case.is_closed or not _is_for(standing.clock, addressees, reader):
            continue
        how = _running(standing)
        if how is not None:
            day = last_day_of(standing.projection)
            found.setdefault((standing.clock.term, how, day), CardTerm(term=standing.clock.term, standing=how, day=day))
    return sorted(found.values(), key=lambda one: (one.day or date.max, one.term))


def _is_for(clock: Clock, addressees: Mapping[str, object], reader: CardReader) -> bool:
    party = clock.addressee.partition(".")[0]
    return party not in addressees or party in reader.parties


def _running(standing: ClockStanding) -> Running | None:
    status = standing.projection.status
    if status == "suspended":
        return Running.STILL
    if status != "running":
        return None
    return Running.LATE if standing.has_passed else Running.RUNS
