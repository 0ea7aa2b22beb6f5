"""What publishing changes, in words: which files, of what, and for whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from engine.core.dutch import count_words, join_words, write_day
from engine.core.language.values import read_day
from engine.words.phrases import STANDINGS

if TYPE_CHECKING:
    from engine.core.content.organisation import Organisation
    from engine.core.deciding.step import Refusal
    from engine.line.open_conditions import OpenCondition
    from engine.rehearsal.publish_rules import Published
    from engine.usecases.list_versions import SectorStanding, VersionStanding

_KINDS = {"rules": "regelset", "workflows": "workflow", "letters": "brief", "cards": "kaart", "calendar": "kalender"}


def publication_page(done: Published, *, dry_run: bool) -> list[str]:
    """What changes, what stays, and whether it was published."""
    changes = done.changes
    lines = [
        *_files("Nieuw", changes.new),
        *_files("Gewijzigd", changes.changed),
        *_files("Vervallen", changes.gone),
        *_files("Blijft zoals gepubliceerd", changes.kept),
        *_files("Concept, blijft buiten de publicatie", done.concepts),
        *(_consent(one) for one in done.consents),
        *_for_whom(done),
        *(line for one in done.conditions for line in _condition(one)),
    ]
    if done.is_refused:
        return [*lines, "Niet gepubliceerd. Verbeter eerst wat hierboven staat."]
    if changes.is_empty:
        return [*lines, "Er is niets te publiceren: de map is gelijk aan wat geldt."]
    if dry_run:
        return [*lines, "Zonder --dry-run wordt dit gepubliceerd."]
    return [*lines, f"Gepubliceerd, nummer {done.number}."]


def barred_page(refusal: Refusal, organisation: Organisation) -> list[str]:
    """Who may not publish, and who may."""
    (blocker,) = refusal.blockers
    role, *others = (organisation.name_in("bodies", one) for one in (blocker.detail, *blocker.supplied_by))
    return [
        f"Niet gepubliceerd: {role} mag niet publiceren.",
        f"Dat kan {join_words(others, 'of')}, of wie zij mandaat geven.",
    ]


def _files(heading: str, paths: Iterable[str]) -> Iterator[str]:
    for number, path in enumerate(paths):
        if not number:
            yield heading
        yield f"  {describe(path)}  [{path}]"


def describe(path: str) -> str:
    """A file of the content in words: `regelset tlv van almere, vanaf 1 augustus 2026`."""
    parts = path.split("/")
    kind = parts[1] if parts[0] == "templates" else parts[0]
    owner, names = parts[2 if parts[0] == "templates" else 1], parts[3 if parts[0] == "templates" else 2 :]
    if len(names) == 1:
        return f"{names[0]} van {owner}"
    if kind == "letters" and not path.endswith(".md"):
        return f"{names[-1]} van {owner}"
    kind = names[0] if names[0] in ("calendar", "partials") else kind
    if kind == "partials":
        return f"tekstdeel {Path(path).stem} van {owner}"
    since = Path(path).stem
    begins = f", vanaf {write_day(read_day(since))}" if since[:1].isdigit() else ""
    name = "" if kind == "calendar" else f" {names[0]}"
    return f"{_KINDS.get(kind, kind)}{name} van {owner}{begins}"


def _consent(told: Mapping[str, str]) -> str:
    until = f", tot en met {write_day(read_day(told['until']))}" if told["until"] else ""
    given = f"gegeven op {write_day(read_day(told['given']))}{until}" if told["given"] else "nog niet gegeven"
    given = f"{STANDINGS[told['state']]}, {given}" if told["state"] else given
    assumed = " (aangenomen: telt alleen in een oefenwerkplek)" if told["status"] else ""
    document = f": {told['document']}" if told["document"] else ""
    return f"Instemming {told['sector']} bij {describe(told['file'])}: {given}{assumed}{document}"


def _condition(one: OpenCondition) -> Iterator[str]:
    """A warning: it stands in nobody's way."""
    said = "; ".join(f"{label}: {value}" for label, value in one.says.items())
    about = "de regelset" if len(one.rules) == 1 else "de regelsets"
    yield f"Let op, {one.case_id}: {one.label} staat open bij {about} {join_words(one.rules)} ({one.life})."
    yield f"  {said}"


def _for_whom(done: Published) -> Iterator[str]:
    """Who is on which version now, and stays there; what has no version is for everybody at once."""
    for (workflow, first, rules), number in done.open_cases.items():
        cases = count_words(number, "open zaak houdt", "open zaken houden")
        yield f"{workflow}: {cases} workflow {first} en regels {rules}."
    undated = [path for path in (*done.changes.new, *done.changes.changed, *done.changes.gone) if _is_undated(path)]
    if undated and done.open_cases:
        total = count_words(sum(done.open_cases.values()), "open zaak", "open zaken")
        yield f"Zonder eigen datum, en dus meteen voor {total}: {', '.join(undated)}."


def _is_undated(path: str) -> bool:
    return not Path(path).stem[:1].isdigit() or "/calendar/" in path


def versions_page(versions: Iterable[VersionStanding]) -> list[str]:
    """Each version on a line, and under it where it stands for each sector."""
    lines: list[str] = []
    for one in versions:
        through = f" tot en met {write_day(one.through)}" if one.through else ""
        lines.append(f"{one.rule_set}, vanaf {write_day(one.first)}{through}")
        lines.extend(f"  {_standing(sector)}" for sector in one.sectors)
    return lines or ["Er zijn geen versies."]


def _standing(one: SectorStanding) -> str:
    until = f", instemming tot en met {write_day(one.through)}" if one.through else ""
    assumed = " (aangenomen)" if one.is_assumed else ""
    return f"{one.label}: {STANDINGS[one.standing]}{until}{assumed}"
