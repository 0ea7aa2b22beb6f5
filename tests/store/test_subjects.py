"""The register of subjects: one of each organisation, kind and number, and a line in the journal for every change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.core.content.subjects import SubjectKind
from engine.core.deciding.step import EntryKind, Step
from engine.core.deciding.subject import Subject, SubjectChange, told_of_change
from engine.core.errors import OvertakenError
from engine.core.language.facts import KnownFact
from engine.store.database import Store
from engine.store.journal import verify
from tests.store.samples import START, entry, make_case, moving, opening
from tests.store.test_journal import tamper

FIELD = Subject(
    organisation="dorp",
    kind="akker",
    number="akker-7",
    facts={
        "akker.naam": KnownFact(value="De Natte Hoek", by="boer", at=START),
        "akker.ontgonnen": KnownFact(value=date(1912, 5, 1), by="loket", at=START),
    },
)
NEW = replace(FIELD, version=1)


def writing(step: Step, before: Subject, after: Subject) -> Step:
    """The step, when it also changes the register."""
    line = entry(EntryKind.SUBJECT, step.entries[-1].at, **told_of_change(before, after))
    change = SubjectChange(before=before, after=after, birth_day=date(1912, 5, 1))
    return replace(step, entries=(*step.entries, line), subject=change)


def renamed(subject: Subject, name: str) -> Subject:
    facts = {**subject.facts, "akker.naam": KnownFact(value=name, by="boer", at=START)}
    return replace(subject, facts=facts, version=subject.version + 1)


def fill(store: Store) -> None:
    with store.transaction() as tx:
        tx.append(writing(opening(), FIELD, NEW))


def test_a_subject_comes_back_as_it_was_written(store: Store) -> None:
    fill(store)
    with store.reading() as readings:
        assert readings.load_subject("dorp", "akker", "akker-7") == NEW
        assert readings.dossier_mark("akker", make_case()) == (1, False)
        assert readings.dossier_mark("akker", make_case("VOG-2026-0002")) == (1, True)
        assert readings.dossier_mark("akker", make_case(subject="akker-9")) == (0, False)
        assert list(readings.each_subject("dorp", "akker")) == [NEW]


def test_a_dossier_is_who_is_registered_with_the_other_cases(store: Store) -> None:
    fill(store)
    own, beside = make_case(), make_case("VOG-2026-0002", opened_at=START)
    field = SubjectKind(id="akker", label="Akker", key="nummer", facts={})
    with store.reading() as readings:
        assert readings.dossier(field, own, with_cases=True) == (NEW, ())
        assert readings.dossier(field, own, with_cases=False) == (NEW, ())
        subject, cases = readings.dossier(field, beside, with_cases=True)
        assert (subject, [case.id for case in cases]) == (NEW, [own.id])
        assert readings.dossier(None, beside, with_cases=True) == (None, cases)
        assert readings.dossier(field, make_case(subject="akker-9"), with_cases=True) == (None, ())


def test_the_same_number_in_another_organisation_is_somebody_else(store: Store, town: Store) -> None:
    fill(store)
    theirs = replace(renamed(FIELD, "Het Hoge Veld"), organisation="stad")
    with town.transaction() as tx:
        assert tx.load_subject("stad", "akker", "akker-7") is None
        case = make_case("VOG-2026-0002", organisation="stad")
        tx.append(writing(opening(case), replace(FIELD, organisation="stad"), theirs))
    with store.reading() as readings:
        assert readings.load_subject("dorp", "akker", "akker-7") == NEW
    with town.reading() as readings:
        assert list(readings.each_subject("stad", "akker")) == [theirs]


def numbered(
    subject: Subject, *, taken: tuple[str, ...] = (), freed: tuple[str, ...] = (), is_claim: bool = True
) -> SubjectChange:
    return SubjectChange(
        before=subject,
        after=replace(subject, version=subject.version + 1),
        taken=tuple(("pacht", number) for number in taken),
        freed=tuple(("pacht", number) for number in freed),
        is_claim=is_claim,
    )


OTHER = replace(FIELD, number="akker-8")


def test_a_number_that_belongs_to_one_subject_is_given_once_until_it_is_given_back(store: Store) -> None:
    with store.transaction() as tx:
        tx.append(replace(opening(), subject=numbered(FIELD, taken=("P-1", "P-2"))))
    with store.reading() as readings:
        assert [readings.holder_of("dorp", "pacht", one) for one in ("P-1", "P-3")] == ["akker-7", ""]
        assert readings.holder_of("dorp", "huur", "P-1") == "", "another kind has numbers of its own"
    with pytest.raises(OvertakenError, match="P-1"), store.transaction() as tx:
        tx.append(replace(opening(make_case("VOG-2026-0002")), subject=numbered(OTHER, taken=("P-1",))))
    with store.transaction() as tx:
        tx.append(replace(moving(make_case()), subject=numbered(NEW, freed=("P-1",))))
        tx.append(replace(opening(make_case("VOG-2026-0003")), subject=numbered(OTHER, taken=("P-1",))))
    with store.reading() as readings:
        assert [readings.holder_of("dorp", "pacht", one) for one in ("P-1", "P-2")] == ["akker-8", "akker-7"]


def test_what_an_older_case_held_double_stays_with_who_was_first(store: Store) -> None:
    with store.transaction() as tx:
        tx.append(replace(opening(), subject=numbered(FIELD, taken=("P-1",))))
        fills = numbered(OTHER, taken=("P-1",), is_claim=False)
        tx.append(replace(opening(make_case("VOG-2026-0002")), subject=fills))
    with store.reading() as readings:
        assert readings.holder_of("dorp", "pacht", "P-1") == "akker-7"


def test_another_organisation_has_numbers_of_its_own(store: Store, town: Store) -> None:
    with store.transaction() as tx:
        tx.append(replace(opening(), subject=numbered(FIELD, taken=("P-1",))))
    theirs = replace(FIELD, organisation="stad", number="akker-1")
    with town.transaction() as tx:
        case = make_case("VOG-2026-0002", organisation="stad")
        tx.append(replace(opening(case), subject=numbered(theirs, taken=("P-1",))))
    with town.reading() as readings:
        assert readings.holder_of("stad", "pacht", "P-1") == "akker-1"
    with store.reading() as readings:
        assert readings.holder_of("dorp", "pacht", "P-1") == "akker-7"


def test_who_knew_how_a_subject_stood_before_another_changed_it_is_refused(store: Store) -> None:
    fill(store)
    case = make_case()
    with store.transaction() as tx:
        tx.append(writing(moving(case), NEW, renamed(NEW, "De Droge Hoek")))
    with pytest.raises(OvertakenError, match="akker/akker-7"), store.transaction() as tx:
        tx.append(writing(opening(make_case("VOG-2026-0003")), NEW, renamed(NEW, "De Scheve Hoek")))
    with pytest.raises(OvertakenError, match="akker/akker-7"), store.transaction() as tx:
        tx.append(writing(opening(make_case("VOG-2026-0003")), FIELD, NEW))
    with store.reading() as readings:
        found = readings.load_subject("dorp", "akker", "akker-7")
        assert found == renamed(NEW, "De Droge Hoek")
        assert readings.existing_cases(["VOG-2026-0003"]) == frozenset(), "nothing of the refused step is kept"


def test_the_journal_says_who_changed_what_and_belongs_to_the_chain(store: Store) -> None:
    fill(store)
    with store.transaction() as tx:
        tx.append(writing(moving(make_case()), NEW, renamed(NEW, "De Droge Hoek")))
    with store.reading() as readings:
        line = readings.journal("VOG-2026-0001")[-1]
        assert line.subject == "akker/akker-7"
        assert line.details["facts"] == {"akker.naam": ["De Natte Hoek", "De Droge Hoek"]}
        assert line.actor.name == "Sjoukje Proefstra"
        assert verify(readings, "dorp") is None


def test_a_line_that_is_hung_on_another_subject_breaks_the_chain(store: Store) -> None:
    fill(store)
    tamper(store, "UPDATE journal SET subject = 'akker/akker-8' WHERE subject <> ''")
    with store.reading() as readings:
        assert verify(readings, "dorp") == 2
