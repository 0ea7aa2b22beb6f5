"""People on the screen: who was found, one of them whole, who acts here, and what was kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from engine.cli.pages.act_names import ACTS
from engine.cli.pages.hands_pages import standing
from engine.core.deciding.step import BlockerKind, Refusal
from engine.core.dutch import count_words, join_words, write_day, write_moment
from engine.words.of_errors import say_refused

if TYPE_CHECKING:
    from datetime import date

    from engine.core.content.organisation import Organisation
    from engine.core.deciding.keeping_people import Kept
    from engine.core.deciding.people import DayRange, During, Person
    from engine.core.evaluation.prepared import Content
    from engine.usecases.keep_people import PersonView
    from engine.usecases.who_acts import WhoIsThere

_FIELDS = {
    "name": "naam",
    "title": "titel",
    "discipline": "vakgebied",
    "email": "e-mail",
    "period": "werkt hier",
    "bodies": "organen",
    "stand_ins": "waarnemers",
    "merged_into": "samengevoegd met",
    "merged_from": "nam over",
}


def person_lines(organisation: Organisation, found: Sequence[Person]) -> list[str]:
    """Who was found, a line each."""
    if not found:
        return ["Niemand gevonden. Zoek op een deel van de naam, het nummer of het orgaan."]
    return [_line(organisation, one) for one in found]


def _line(organisation: Organisation, person: Person) -> str:
    bodies = [_body(organisation, one.of) for one in person.bodies]
    discipline = organisation.people.disciplines.get(person.discipline, person.discipline)
    what = ", ".join(filter(None, (discipline, *bodies)))
    became = f"  → {person.merged_into}" if person.merged_into else ""
    return f"{person.number}  {person.shown}{f'  ({what})' if what else ''}{became}"


def person_page(organisation: Organisation, view: PersonView, contents: Mapping[str, Content]) -> list[str]:
    """Everything of one person: bodies, who stands in, cases in hand, what changed."""
    person = view.person
    lines = [_line(organisation, person)]
    if person.email:
        lines.append(f"  E-mail      {person.email}")
    if person.period.since or person.period.until:
        lines.append(f"  Werkt hier  {_days(person.period)}")
    lines += [f"  Was ook     {one.number}, {one.shown}" for one in view.merged]
    if person.bodies:
        lines += ["", "Organen", *(f"  {_dated(_body(organisation, one.of), one)}" for one in person.bodies)]
    if person.stand_ins:
        lines += ["", "Waarnemers", *(f"  {_dated(one.of, one)}" for one in person.stand_ins)]
    if view.cases:
        lines += ["", "Zaken in handen", *(f"  {row.case_id}  {standing(row, contents)}" for row in view.cases)]
    lines += ["", "Gewijzigd"]
    for entry in view.changes:
        who = f"{_body(organisation, entry.actor.role)}{f' ({entry.actor.name})' if entry.actor.name else ''}"
        reason = f"; reden: {entry.details['reason']}" if entry.details.get("reason") else ""
        fields = entry.details.get("fields")
        told = "; ".join(_changed(fields)) if isinstance(fields, Mapping) else ""
        lines.append(f"  {write_moment(entry.at)}  {who}: {told}{reason}")
    return lines


def whoami_page(organisation: Organisation, found: WhoIsThere) -> list[str]:
    """Who acts here, as what, and for whom."""
    person = found.person
    named = f"{person.shown} ({person.number})" if person else "niemand uit het register"
    lines = [f"Gebruiker {found.user}: {named}"]
    if found.is_rehearsal:
        lines.append("  Dit is een oefening: --as en --name zeggen wie handelt.")
    roles = join_words([f"{_body(organisation, one)} ({one})" for one in found.roles], "en")
    lines.append(f"  Rollen vandaag  {roles or 'geen'}")
    if found.role:
        lines.append(f"  Zonder --as     {found.role}")
    lines += [f"  Neemt waar voor {one.shown} ({one.number})" for one in found.for_others]
    if person is None:
        lines.append("  Zet in trede.toml onder [people] een regel met uw gebruiker en uw nummer.")
    return lines


def kept_lines(kept: Kept, done: str, left: Sequence[tuple[Person, int]], *, dry_run: bool) -> list[str]:
    """What was written of people: both numbers where two became one; and whose cases somebody must take over."""
    verb = "zou worden" if dry_run else "is"
    lines = []
    for changed in kept.changes:
        after = changed.after
        with_whom = f" met {after.merged_into}" if after.merged_into != changed.before.merged_into else ""
        lines.append(f"{after.number}  {after.shown} {verb} {done}{with_whom}.")
    for person, count in left:
        cases = count_words(count, "open zaak", "open zaken")
        lines.append(f"  Let op: {person.shown} werkt hier {_days(person.period)} en heeft {cases} in handen.")
        lines.append(f'  Draag ze over: trede case assign --all-of {person.number} --to PERSOON --reason "..."')
    if dry_run:
        lines.append("Er is niets gedaan (--dry-run).")
    return lines


def refused_lines(organisation: Organisation, refusal: Refusal) -> list[str]:
    """Why the register stays as it is."""
    lines = [f"Niet gedaan: {ACTS[refusal.attempted]}."]
    for one in refusal.blockers:
        if one.said is not None:
            lines.append(f"  {say_refused(one.said)}")
        elif one.kind is BlockerKind.REASON_MISSING:
            lines.append('  Hier hoort een reden bij. Geef haar met --reason "...".')
        else:
            may = join_words([f"{_body(organisation, body)} ({body})" for body in one.supplied_by], "of")
            lines.append(f"  {_body(organisation, one.detail)} ({one.detail}) mag dit niet; wel: {may}.")
    return lines


def _changed(fields: Mapping[str, object]) -> Iterable[str]:
    for name, pair in fields.items():
        old, new = pair if isinstance(pair, list | tuple) else (None, pair)
        was = f" (was {_told(name, old)})" if old not in (None, "", [], ["", ""]) else ""
        yield f"{_FIELDS[name]}: {_told(name, new)}{was}"


def _told(name: str, plain: object) -> str:
    if not isinstance(plain, list):
        return str(plain) or "geen"
    if name == "period":
        return "..".join(map(str, plain))
    return ", ".join(f"{of}{f' {since}..{until}' if since or until else ''}" for of, since, until in plain) or "geen"


def _dated(label: str, one: During) -> str:
    days = _days(one.period)
    return f"{label}, {days}" if days else label


def _days(period: DayRange) -> str:
    return " ".join(filter(None, (_side("vanaf", period.since), _side("tot en met", period.until))))


def _side(word: str, day: date | None) -> str:
    return f"{word} {write_day(day)}" if day else ""


def _body(organisation: Organisation, body: str) -> str:
    known = organisation.bodies.get(body)
    return known.label if known else body
