"""The plans of a script and the stories of a rule set: the same parts, read in one way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from engine.core.language.conditions import Expression
from engine.core.legal_clock.period import Unit
from engine.definitions.files.places import Place
from engine.definitions.models.scripts import PlanPart, ScriptActPart, TestPart, WayPart
from engine.definitions.reading.building import build
from engine.definitions.reading.fixed_values import read_given
from engine.definitions.reading.part_checks import refuse_doubles
from engine.definitions.script import ActKind, CasePlan, Draw, Expectation, RuleTest, ScriptedAct, Way, moment_of_day

Given = Mapping[str, Expression | Draw]
Groups = Mapping[str, Given]
_OF_TIME = ("reminders", "passed")
_OF_A_STEP = ("letters", "says", "waiting", "notices", "opens", "receives", "not_opened", "tells")
_ALL = 1.0001
_IN_DAYS = (Unit.DAYS, Unit.WEEKS)
_COUNTED = (Unit.HOURS, Unit.WORKING_DAYS, *_IN_DAYS)


def build_groups(raw: Mapping[str, Mapping[str, object]], at: Place) -> Groups:
    """The groups of facts by name."""
    return {name: _build_given(facts, at / name) for name, facts in raw.items()}


def build_plans(parts: Sequence[PlanPart], groups: Groups, at: Place) -> tuple[CasePlan, ...]:
    """The plans of a script."""
    plans = tuple(_build_plan(part, groups, at / number) for number, part in enumerate(parts))
    refuse_doubles([plan.name for plan in plans], at, "name")
    return plans


def build_stories(parts: Sequence[PlanPart], groups: Groups, at: Place, *, workflow: str) -> tuple[CasePlan, ...]:
    """Stories: plans that open a case of `workflow`, unless they say otherwise, and that are looked at after every act.

    The plan says when it opens: before that there is no clock to count from.
    """
    stories = tuple(_build_plan(part, groups, at / number, workflow) for number, part in enumerate(parts))
    refuse_doubles([story.name for story in stories], at, "name")
    for number, story in enumerate(stories):
        if story.opening is None or story.opening.on is None:
            (at / number).report("story_without_opening")
    return tuple(_looked_at(story) for story in stories)


def build_test(part: TestPart, at: Place) -> RuleTest:
    """A test of one moment, and of the act that is tried then, if any; of time that passes only a story tells."""
    act = part.act and build(part.act, at / "act", kind=ActKind.TAKE, name=part.act.transition)
    test: RuleTest = build(part, at, act=act)
    if not part.expect.model_fields_set and not (part.act and (part.act.refused or part.act.about)):
        at.report("expects_nothing")
    wanting = () if part.act else _OF_A_STEP
    for key in (*_OF_TIME, *wanting):
        if key in part.expect.model_fields_set:
            (at / "expect" / key).report("only_with_an_act" if key in wanting else "only_in_a_story", key=key)
    return test


def _looked_at(story: CasePlan) -> CasePlan:
    ways = tuple(replace(way, acts=tuple(_look(act) for act in way.acts)) for way in story.ways)
    return replace(story, ways=ways, opening=None if story.opening is None else _look(story.opening))


def _look(act: ScriptedAct) -> ScriptedAct:
    return act if act.expect is not None else replace(act, expect=Expectation(where=act.where))


def _build_plan(part: PlanPart, groups: Groups, at: Place, workflow: str = "") -> CasePlan:
    if sum(way.share for way in part.ways) > _ALL:
        (at / "ways").report("shares_above_one")
    opening = None if part.opening is None else _build_act(part.opening, groups, at / "open", workflow)
    ways = [_build_way(way, groups, at / "ways" / number) for number, way in enumerate(part.ways)]
    acts = _build_acts(part.acts, groups, at / "acts")
    plan: CasePlan = build(part, at, opening=opening, ways=tuple(ways))
    return plan if ways else replace(plan, ways=(Way(name=plan.name, share=1.0, acts=acts),))


def _build_way(part: WayPart, groups: Groups, at: Place) -> Way:
    acts = _build_acts(part.acts, groups, at / "acts")
    way: Way = build(part, at, acts=acts)
    return way


def _build_acts(parts: Sequence[ScriptActPart], groups: Groups, at: Place) -> tuple[ScriptedAct, ...]:
    acts = tuple(_build_act(one, groups, at / number) for number, one in enumerate(parts))
    exact = [(number, moment_of_day(act.on)) for number, act in enumerate(acts) if act.on and act.spread is None]
    for (_, before), (number, moment) in pairwise(exact):
        if moment < before:
            (at / number / "on").report("act_before_the_last")
    return acts


def _build_act(part: ScriptActPart, groups: Groups, at: Place, workflow: str = "") -> ScriptedAct:
    kind, name = _what(part, at, workflow)
    facts = {
        **_of_groups(part.groups, groups, at / "with"),
        **_build_given(part.facts, at / "set"),
        **_build_given(part.record, at / "record"),
        **_build_given(part.correct, at / "correct"),
    }
    act: ScriptedAct = build(part, at, kind=kind, name=name, facts=facts)
    if kind is ActKind.OPEN and not part.opens and not part.role:
        at.report("act_by_nobody")  # the opening of a story, which need not name its workflow
    _check_act(act, at)
    if part.facts and kind in (ActKind.WAIT, ActKind.RECORD, ActKind.CORRECT):
        (at / "set").report("set_without_act")
    return act


def _what(part: ScriptActPart, at: Place, workflow: str) -> tuple[ActKind, str]:
    words = {
        ActKind.TAKE: part.transition,
        ActKind.RECORD: "record" if part.record else "",
        ActKind.CORRECT: "correct" if part.correct else "",
        ActKind.OPEN: part.opens or workflow,
        ActKind.WAIT: "wait" if part.wait else "",
    }
    found = [(kind, name) for kind, name in words.items() if name]
    if len(found) == 1:
        return found[0]
    at.report("act_is_one_thing")
    return ActKind.WAIT, "wait"


def _check_act(act: ScriptedAct, at: Place) -> None:
    if act.after is not None and act.after.unit not in _COUNTED:
        (at / "after").report("after_unit", length=act.after)
    if act.spread is not None and act.spread.unit not in _IN_DAYS:
        (at / "spread").report("spread_unit", length=act.spread)
    if act.kind is ActKind.WAIT and act.holds_mail:
        (at / "mail").report("wait_mail")


def _of_groups(names: Sequence[str], groups: Groups, at: Place) -> Given:
    facts: dict[str, Expression | Draw] = {}
    for number, group in enumerate(names):
        if group not in groups:
            (at / number).report("unknown_group", group=group, known=groups)
        facts |= groups.get(group, {})
    return facts


def _build_given(raw: Mapping[str, object], at: Place) -> Given:
    return {fact: read_given(value, at / fact) for fact, value in raw.items()}
