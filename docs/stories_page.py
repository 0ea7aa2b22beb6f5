"""Writes docs/verhalen.md from the stories: what is shown of each procedure, and which follow one pupil through many.

All of it is read off what a story does and expects, which `trede rules test` holds; nothing is typed here but what an
end means. Run by `make docs`; a test fails when it is stale, or when a procedure lacks one of the kinds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path

from engine.core.dutch import join_words
from engine.core.quick_class import dataclass
from engine.definitions.catalogue import Catalogue
from engine.definitions.script import ActKind, CasePlan, ScriptedAct
from engine.rehearsal.run_rule_tests import files_of_tests
from engine.usecases.chosen_organisation import working_organisations

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/verhalen.md"
ON = date(2026, 11, 23)

REFUSING = frozenset({"afgewezen", "niet_behandeld", "niet_toegelaten", "niet_vergoed", "nee", "niet_van_ons"})
"""Ends that say no to who asked."""
WRONG = frozenset(
    {"ingetrokken", "plan_ingetrokken", "scan_ingetrokken", "afgelast", "teruggevallen", "niet_nu", "niet_gedaan"}
    | {"niet_gehouden", "vervallen", "gestopt", "afgezien", "weigering", "blijft", "verlopen"}
    | {"niet_ingediend", "geen_schot", "vervangen", "niet_aan_de_orde", "niet_nodig"}
)
"""Ends at which it was taken back, or did not go as it was meant to."""

KINDS = {"happy": "Loopt goed af", "overrun": "Te laat", "refusal": "Geweigerd", "taken_back": "Teruggenomen of mis"}
LADDER = "escalatie"
MANY = 4
"""So many procedures make a story of one pupil a life."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStory:
    """One story of an organisation: the procedures it goes through in order, and what it shows (keys of KINDS) of each.

    `letters` and `days` count the letters and the last days that it expects.
    """

    organisation: str
    name: str
    path: str
    shows: Mapping[str, frozenset[str]]
    letters: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Procedure:
    """What a story is held against: the outcome of each end, and the ends to which an act leads."""

    ends: Mapping[str, str]
    by_act: Mapping[str, str]


def told_stories(catalogue: Catalogue) -> Iterator[ToldStory]:
    """The stories of each organisation that is no shared layer, also those that it inherits."""
    for organisation in working_organisations(catalogue):
        procedures = {one: _procedure(catalogue, organisation, one) for one in catalogue.workflows(organisation)}
        for file in files_of_tests(catalogue, organisation, ""):
            for plan in file.stories:
                yield _told(plan, organisation, file.path, procedures)


def _procedure(catalogue: Catalogue, organisation: str, name: str) -> _Procedure:
    workflow = catalogue.content(organisation, name, ON).workflow
    ends = {state.id: state.outcome for state in workflow.states if state.is_end}
    return _Procedure(
        ends=ends,
        by_act={one.id: one.target for one in workflow.transitions if one.target in ends},
    )


def _told(plan: CasePlan, organisation: str, path: str, procedures: Mapping[str, _Procedure]) -> ToldStory:
    acts = (*((plan.opening,) if plan.opening else ()), *(act for way in plan.ways for act in way.acts))
    shows: dict[str, set[str]] = {}
    for procedure, own in _by_case(acts, plan.workflow).values():
        shows.setdefault(procedure, set()).update(_shown(own, procedures[procedure]))
    expected = [act.expect for act in acts if act.expect]
    return ToldStory(
        organisation=organisation,
        name=plan.name,
        path=path,
        shows={procedure: frozenset(kinds) for procedure, kinds in shows.items()},
        letters=sum(len(one.letters or ()) for one in expected),
        days=sum(day is not None for one in expected for day in one.terms.values()),
    )


def _by_case(acts: tuple[ScriptedAct, ...], workflow: str) -> Mapping[str, tuple[str, list[ScriptedAct]]]:
    """The acts of each case by its name in the story, with its workflow: "aanmelding_2" opened along the way."""
    found: dict[str, tuple[str, list[ScriptedAct]]] = {}
    named: dict[str, str] = {}
    for act in acts:
        if act.kind is ActKind.OPEN and found:
            named[act.case or act.name] = act.name
            name = act.case or act.name
        else:
            name = act.case
        procedure = named.get(name) or re.sub(r"_[0-9]+$", "", name) or workflow
        found.setdefault(name, (procedure, []))[1].append(act)
    return found


def _shown(acts: list[ScriptedAct], procedure: _Procedure) -> Iterator[str]:
    states = list(_states(acts, procedure))
    outcomes = {procedure.ends[state] for state in states if state in procedure.ends}
    if states and states[-1] in procedure.ends and not outcomes & (REFUSING | WRONG):
        yield "happy"
    if any(_is_late(act) for act in acts):
        yield "overrun"
    if outcomes & REFUSING or any(act.refused for act in acts):
        yield "refusal"
    if outcomes & WRONG or any(act.kind is ActKind.CORRECT for act in acts) or _comes_back(states):
        yield "taken_back"


def _states(acts: list[ScriptedAct], procedure: _Procedure) -> Iterator[str]:
    """Where the case is known to have been: what is expected, and the end that an act leads to."""
    for act in acts:
        if act.expect and act.expect.state:
            yield act.expect.state
        elif act.kind is ActKind.TAKE and not act.refused and act.name in procedure.by_act:
            yield procedure.by_act[act.name]


def _is_late(act: ScriptedAct) -> bool:
    """A term passed, and what is expected says so: somebody was told of it, the case moved or the ladder began."""
    expect = act.expect
    if expect is None or act.kind is not ActKind.WAIT:
        return False
    told = any("term_passed" in kinds for kinds in (expect.notices or {}).values())
    return told or LADDER in (expect.opens or ()) or bool(expect.passed and expect.state)


def _comes_back(states: list[str]) -> bool:
    """The case came again where it had been and had left."""
    moves = [one for one, _ in groupby(states)]
    return len(moves) > len(set(moves))


NOT_THERE = {
    ("haarlemmermeer", "tlv_afgifte", "overrun"): "het bijschrijven gaat vanzelf, op hetzelfde moment",
    (
        "haarlemmermeer",
        "tlv_afgifte",
        "taken_back",
    ): "dat doet de zaak van de school (`schoolcyclus`), en daar staat het",
}
"""What a procedure cannot show, and why."""


def lacking(told: Iterable[ToldStory], catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """What no story shows: organisation, procedure and kind; what cannot be shown is left out."""
    stories = tuple(told)
    for organisation in working_organisations(catalogue):
        for procedure in catalogue.workflows(organisation):
            for kind in KINDS:
                wanted = organisation, procedure, kind
                if not any(_is_of(one, *wanted) for one in stories) and wanted not in NOT_THERE:
                    yield wanted


def _is_of(story: ToldStory, organisation: str, procedure: str, kind: str) -> bool:
    return story.organisation == organisation and kind in story.shows.get(procedure, ())


def write_page(told: Iterable[ToldStory], catalogue: Catalogue) -> str:
    """The page in Markdown."""
    stories = tuple(told)
    parts = [
        "# Verhalen: wat er van elke procedure is nagespeeld\n",
        "Gemaakt uit de verhalen naast de regels (`make docs`); `trede rules test` speelt ze. Van elke procedure "
        "staat hier van elke soort een verhaal. Een verhaal laat zien wat het doet en verwacht: het einde dat "
        "bereikt is, een termijn die voorbijging en wie het hoorde, een handeling of vraag die is geweigerd, "
        "wat werd ingetrokken, verbeterd of terugging.\n",
        "## Een leerling door vier procedures of meer\n",
        *(_life(one) for one in stories if len(one.shows) >= MANY),
    ]
    for organisation in working_organisations(catalogue):
        parts += [f"\n## {organisation}\n", f"| Procedure | {' | '.join(KINDS.values())} |"]
        parts.append("| --- " * (len(KINDS) + 1) + "|")
        own = [one for one in stories if one.organisation == organisation]
        parts += [_row(own, organisation, name) for name in sorted(catalogue.workflows(organisation))]
    return "\n".join(parts) + "\n"


def _life(story: ToldStory) -> str:
    return (
        f"- **{story.name}** ({story.organisation}, `{story.path}`): {join_words(list(story.shows))}; "
        f"{story.letters} brieven en {story.days} laatste dagen verwacht."
    )


def _row(stories: list[ToldStory], organisation: str, procedure: str) -> str:
    of_it = [one for one in stories if procedure in one.shows]
    cells = [_first(of_it, organisation, procedure, kind) for kind in KINDS]
    return f"| `{procedure}` | {' | '.join(cells)} |"


def _first(stories: list[ToldStory], organisation: str, procedure: str, kind: str) -> str:
    """The story that shows it and is told of this procedure alone comes first: it is the shortest to read."""
    found = [one for one in stories if kind in one.shows[procedure]]
    if not found:
        return f"({NOT_THERE.get((organisation, procedure, kind), 'nog niet')})"
    return min(found, key=lambda one: len(one.shows)).name.replace("|", "/")


if __name__ == "__main__":
    content = Catalogue(ROOT)
    PAGE.write_text(write_page(told_stories(content), content), encoding="utf-8")
