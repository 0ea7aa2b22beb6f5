"""Files of rule tests and stories to core values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from engine.core.deciding.step import BlockerKind
from engine.core.language.facts import Value
from engine.core.moment import LOCAL_ZONE
from engine.core.quick_class import dataclass
from engine.definitions.files.places import Document, Place
from engine.definitions.files.spelling import suggest
from engine.definitions.models.rule_tests import ExpectPart, StepPart, StoryPart, TestFile, TestPart
from engine.definitions.reading.expression_parser import read_texts
from engine.definitions.reading.model_check import fit
from engine.definitions.reading.yaml_reader import read_yaml
from engine.definitions.story import Expectation, RuleTest, Story, StoryStep

_NINE = time(9)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFile:
    """One file: the tests of one rule set version in one workflow. `valid_on` chooses the version."""

    path: str
    organisation: str
    rule_set: str
    workflow: str
    valid_on: date
    tests: tuple[RuleTest, ...]
    stories: tuple[Story, ...]


def read_story_file(text: str, path: str, organisation: str) -> StoryFile:
    """The tests and stories of one file. Raises DefinitionError with all its problems."""
    document = read_yaml(text, path)
    part = fit(document, TestFile)
    at = document.top
    found = StoryFile(
        path=path,
        organisation=organisation,
        rule_set=part.rule_set,
        workflow=part.workflow,
        valid_on=part.valid_on,
        tests=tuple(_build_test(one, part, at / "tests" / n) for n, one in enumerate(part.tests)),
        stories=tuple(_build_story(one, part, at / "stories" / n) for n, one in enumerate(part.stories)),
    )
    _check_names(document, part)
    document.refuse_if_wrong()
    return found


def _build_test(part: TestPart, whole: TestFile, at: Place) -> RuleTest:
    return RuleTest(
        name=part.name,
        rule_set=whole.rule_set,
        workflow=whole.workflow,
        on=_read_moment(part.on, at / "on"),
        facts=_read_values(part.facts, at / "facts"),
        expect=_build_expectation(part.expect, at / "expect"),
        state=part.state,
        where=at.where,
    )


def _build_story(part: StoryPart, whole: TestFile, at: Place) -> Story:
    story = Story(
        name=part.name,
        rule_set=whole.rule_set,
        workflow=whole.workflow,
        opens_at=_read_moment(part.open.on, at / "open" / "on"),
        entry=part.open.entry,
        role=part.open.role,
        facts=_read_values(part.open.facts, at / "open" / "set"),
        expect=_build_expectation(part.expect, at / "expect"),
        steps=tuple(_build_step(one, at / "steps" / n) for n, one in enumerate(part.steps)),
        where=at.where,
    )
    _check_order(story, at)
    return story


def _build_step(part: StepPart, at: Place) -> StoryStep:
    if bool(part.transition) + bool(part.record) + part.wait != 1:
        at.report("Een stap heeft precies een van do, record en wait.", next_step="Kies er een.")
    if part.facts and not part.transition:
        (at / "set").report("set hoort bij do.", next_step="Gebruik record om alleen gegevens vast te leggen.")
    if part.refused and part.wait:
        (at / "refused").report("Wachten kan niet worden geweigerd.", next_step="Haal refused weg.")
    kinds = [kind.value for kind in BlockerKind]
    for number, name in enumerate(part.refused):
        if name not in kinds:
            (at / "refused" / number).report(f'"{name}" is geen reden van weigering.', next_step=suggest(name, kinds))
    if not part.role and not part.wait:
        at.report("Er staat niet bij wie dit doet.", next_step="Vul as aan.")
    return StoryStep(
        at=_read_moment(part.on, at / "on"),
        transition=part.transition,
        facts=_read_values(part.facts or part.record, at / ("set" if part.facts else "record")),
        role=part.role,
        reason=part.reason,
        expect=_build_expectation(part.expect, at / "expect", tuple(part.refused)),
        where=at.where,
    )


def _build_expectation(part: ExpectPart | None, at: Place, refused: tuple[str, ...] = ()) -> Expectation:
    if part is None:
        return Expectation(refused=refused, where=at.where)
    return Expectation(
        state=part.state,
        conclusions=_read_values(part.conclusions, at / "conclusions"),
        facts=_read_values(part.facts, at / "facts"),
        unknown=tuple(part.unknown),
        missing={fact: tuple(asked) for fact, asked in part.missing.items()},
        terms={key: _read_last_day(raw, at / "terms" / key) for key, raw in part.terms.items()},
        letters=None if part.letters is None else tuple(part.letters),
        opens=None if part.opens is None else tuple(part.opens),
        possible=tuple(part.possible),
        not_possible=tuple(part.not_possible),
        refused=refused,
        where=at.where,
    )


def _read_values(raw: Mapping[str, object], at: Place) -> dict[str, Value]:
    return {fact: _read_value(value, at / fact) for fact, value in raw.items()}


def _read_value(raw: object, at: Place) -> Value:
    if isinstance(raw, list):
        return read_texts(raw, at)
    if isinstance(raw, bool | int | float | str | date | datetime):
        return raw
    at.report("Hier hoort een vaste waarde, geen berekening.", next_step="Schrijf een tekst, getal, dag of lijst.")
    return ""


def _read_moment(raw: object, at: Place) -> datetime:
    if isinstance(raw, datetime):
        return raw
    if isinstance(raw, date):
        return datetime.combine(raw, _NINE, LOCAL_ZONE).astimezone(UTC)
    at.report(f'"{raw}" is geen dag of tijdstip.', next_step="Schrijf 2026-08-01 of 2026-08-01 10:00.")
    return datetime(2000, 1, 1, tzinfo=UTC)


def _read_last_day(raw: object, at: Place) -> date | None:
    if raw == "none":
        return None
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    at.report(f'"{raw}" is geen laatste dag.', next_step="Schrijf 2026-08-01, of none als de termijn niet loopt.")
    return None


def _check_order(story: Story, at: Place) -> None:
    before = story.opens_at
    for number, step in enumerate(story.steps):
        if step.at < before:
            (at / "steps" / number / "on").report(
                "Deze stap gebeurt voor de vorige.", next_step="Zet de stappen op volgorde van tijd."
            )
        before = step.at


def _check_names(document: Document, part: TestFile) -> None:
    for key, parts in (("tests", part.tests), ("stories", part.stories)):
        names = [one.name for one in parts]
        for number, name in enumerate(names):
            if name in names[:number]:
                (document.top / key / number).report(
                    f'De naam "{name}" komt twee keer voor.', next_step="Geef een van beide een andere naam."
                )
