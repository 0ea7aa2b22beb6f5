"""Look in the register of subjects: one dossier with all its cases, or who answers to a name, a number, a school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from engine.core.content.subjects import SubjectKind
from engine.core.deciding.recognising import name_of, numbers_like
from engine.core.deciding.subject import Subject
from engine.core.errors import CaseError, UsageError
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.core.language.names import plain_name
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.runtime import Runtime
from engine.store.readings import Readings
from engine.usecases.known_contents import contents_today
from engine.views.case_view import Reader
from engine.views.dossier_view import DossierView, view_dossier

_MOST_FOUND = 50
_MOST_SPELLINGS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One who answers to what was looked for."""

    number: str
    name: str
    cases: tuple[str, ...]
    facts: Mapping[str, Value] = field(default_factory=dict)


def content_about(runtime: Runtime) -> tuple[Content, SubjectKind]:
    """The content of a workflow whose cases are about somebody in the register, and the kind they are about.

    Raises UsageError when the organisation keeps no register.
    """
    today = local_day(runtime.now())
    for name in runtime.catalogue.workflows(runtime.settings.organisation):
        content = runtime.content(name, today)
        if content.subject_kind is not None:
            return content, content.subject_kind
    raise UsageError(
        "Deze organisatie houdt geen dossiers bij.",
        where=f"rules/{runtime.settings.organisation}/organisation.yaml",
        next_step="Beschrijf onder subjects over wie de zaken gaan.",
    )


def load_dossier(readings: Readings, organisation: str, kind: SubjectKind, number: str) -> Subject:
    """The subject with this number. Raises CaseError with numbers that look alike when there is none."""
    found = readings.load_subject(organisation, kind.id, number)
    if found is not None:
        return found
    near = [one.number for one in readings.subjects_with(organisation, kind.id, sorted(numbers_like(number)))]
    raise CaseError(
        f"Er is geen dossier met nummer '{number}'.",
        next_step=f"Bedoelde u {' of '.join(near)}?" if near else "Zoek met `trede dossier find NAAM`.",
    )


def show_dossier(runtime: Runtime, number: str, reader: Reader) -> DossierView:
    """A dossier for this reader. Raises CaseError when there is none with this number."""
    content, kind = content_about(runtime)
    organisation = runtime.settings.organisation
    with runtime.reading() as readings:
        subject = load_dossier(readings, organisation, kind, number)
        cases = readings.case_rows_of_subject(organisation, number)
        changes = readings.subject_journal(organisation, subject.key)
    contents = contents_today(runtime, (row.workflow for row in cases))
    return view_dossier(reader, content, kind, subject, cases=cases, contents=contents, changes=changes)


def find_dossiers(runtime: Runtime, words: Sequence[str]) -> tuple[Found, ...]:
    """Who answers to all of these words: in the number, a name, an address or a school; case and accents mean nothing.

    Raises UsageError when there is nothing to look for.
    """
    content, kind = content_about(runtime)
    sought = [part for word in words for part in plain_name(word).split()]
    if not sought:
        raise UsageError("Er is niets om te zoeken.", next_step="Geef een naam, een nummer of een school.")
    spellings = [_spellings(content, word) for word in sought]
    organisation = runtime.settings.organisation
    with runtime.reading() as readings:
        found = readings.find_subjects(organisation, kind.id, spellings, _MOST_FOUND)
        return tuple(_found(readings, organisation, kind, one) for one in found)


def _spellings(content: Content, word: str) -> list[str]:
    """A word, and the numbers of the schools whose name holds it: a dossier names a school by its number."""
    schools = (number for number, one in content.organisation.schools.items() if word in plain_name(one.name))
    return [word, *(plain_name(number) for number in schools)][:_MOST_SPELLINGS]


def _found(readings: Readings, organisation: str, kind: SubjectKind, subject: Subject) -> Found:
    cases = readings.case_rows_of_subject(organisation, subject.number)
    shown = {fact: known.value for fact, known in subject.facts.items() if not kind.facts[fact].special_category}
    return Found(
        number=subject.number, name=name_of(kind, subject), cases=tuple(row.case_id for row in cases), facts=shown
    )
