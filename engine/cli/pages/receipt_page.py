"""A receipt in words: what gave a step, and whether it comes out the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.cli.pages.reason_words import tell_reason
from engine.cli.pages.wording import ContentWords
from engine.core.dutch import count_words, join_words, write_day, write_moment
from engine.core.language.values import read_day

if TYPE_CHECKING:
    from engine.usecases.receipt import StepReceipt, WorkedOut

# What a line of the journal wrote down; an act bears its own name, as it is typed.
DID = {
    "opened": "geopend", "recorded": "vastgelegd", "corrected": "verbeterd", "reopened": "heropend", "note": "notitie",
    "task": "taak", "task_done": "taak gedaan", "undone": "teruggenomen", "clock": "klok", "term_warned": "herinnering",
    "term_passed": "termijn verstreken", "letter_ordered": "brief klaargezet", "letter_sent": "brief verstuurd",
    "letter_remade": "brief opnieuw gemaakt", "letter_withdrawn": "brief ingetrokken",
    "letter_held": "brief vastgehouden", "letter_released": "brief vrijgegeven", "case_ordered": "zaak geopend",
    "told": "gemeld aan een andere zaak", "subject": "dossier", "person": "persoon", "assigned": "toegewezen",
    "notice": "bericht klaargelegd",
    "set_back": "teruggezet", "notice_done": "bericht afgehandeld", "notice_waits": "bericht wacht", "record": "record",
    "repinned": "overgezet naar een andere versie", "planned": "gepland werk dat aan de beurt kwam",
}  # fmt: skip
_MARKS = {True: "✓", False: "✗", None: "?"}


def receipts_page(found: Sequence[StepReceipt], *, in_full: bool) -> list[str]:
    """Each step on a line, or (one step) everything that gave it."""
    lines = [line for one in found for line in (_whole(one) if in_full else (_short(one),))]
    if in_full:
        return lines
    wrong = sum(not one.agrees for one in found)
    return [*lines, f"{count_words(len(found), 'stap', 'stappen')} nagerekend; {wrong} komen anders uit."]


def _short(one: StepReceipt) -> str:
    role = one.actor.role if one.actor.is_person else "vanzelf"
    by = f"{role}{f' ({one.actor.name})' if one.actor.name else ''}"
    of = f"publicatie {one.publication}" if one.publication else "bestanden niet bewaard"
    return f"{_MARKS[one.agrees]} stap {one.step}, {write_moment(one.at)}, {by}: {', '.join(_said_of(one.did))}; {of}"


def _said_of(did: Sequence[str]) -> Iterator[str]:
    """What was done, each thing once: a step that sends six letters says so in two words."""
    for name, times in Counter(did).items():
        yield DID.get(name, name) + (f" ({times}x)" if times > 1 else "")


def _whole(one: StepReceipt) -> Iterator[str]:
    yield _short(one)
    if one.content is None:
        yield "  De bestanden waarop deze stap rust, staan in geen publicatie: hij is van daarvoor."
        return
    words = ContentWords(one.content, {})
    yield f"  Regels: {join_words(one.layers)}"
    yield "  Uitgerekend"
    for point in one.points:
        yield f"    {_MARKS[point.agrees]} {_said(words, point)}"
        if point.reason is not None:
            yield from (f"      {line}" for line in tell_reason(words, point.reason))
    yield f"  Bestanden ({count_words(len(one.files), 'bestand', 'bestanden')}, samen {one.digest[:12]})"
    yield from (f"    {digest[:12]}  {path}" for path, digest in sorted(one.files.items()))


def _said(words: ContentWords, point: WorkedOut) -> str:
    if point.about == "transition":
        told = f"{point.subject} naar {point.outcome}"
        return f"{told}; rust op wat elders is gezegd en is niet na te rekenen" if point.agrees is None else told
    if point.about == "term":
        return f"{point.subject}: viel op {point.outcome}"
    return f"{point.subject}: laatste dag {write_day(read_day(point.outcome))}"
