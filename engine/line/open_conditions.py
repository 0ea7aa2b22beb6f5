"""Open records that are about rule sets in a publication: a council asked something of them that is not done yet.

It is told and never holds back: whether the new text does what was asked is judged by people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from engine.core.content.records import RecordKind
from engine.core.deciding.case import Case, Record
from engine.core.errors import DefinitionError
from engine.core.language.values import write_value
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.definitions.files.content_files import ContentFiles
from engine.definitions.reading.yaml_reader import read_yaml
from engine.runtime import Runtime
from engine.store.publications import pinned_cases


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCondition:
    """An open record of a case that names rule sets which are published; `says` is what it holds, in words by label.

    `label` is what such a record is called, `life` how it stands, both in words. `rules` are the published ones only.
    """

    case_id: str
    record: str
    label: str
    life: str
    rules: tuple[str, ...]
    says: Mapping[str, str]


def open_conditions(runtime: Runtime, paths: Iterable[str]) -> tuple[OpenCondition, ...]:
    """The records of open cases that name a rule set of which one of these files is a part, by case and number.

    A case goes by the rules it began with: one of before its kind named rule sets tells of none.
    """
    published = frozenset(_rule_sets(ContentFiles(runtime.settings.content_root), paths))
    return tuple(sorted(_found(runtime, published), key=lambda one: (one.case_id, one.record))) if published else ()


def _rule_sets(files: ContentFiles, paths: Iterable[str]) -> Iterator[str]:
    """The rule set of each file with rules, and of each workflow: a procedure changes by both."""
    for path in paths:
        top, *folders, _ = Path(path).parts
        if len(folders) == 2 and top == "rules":
            yield folders[1]
        elif len(folders) == 2 and top == "workflows":
            with suppress(DefinitionError):  # the check says what is wrong with it
                said = read_yaml(files.read(path)[0], path).value
                yield str(said.get("rule_set", "")) if isinstance(said, dict) else ""


def _found(runtime: Runtime, published: Collection[str]) -> Iterator[OpenCondition]:
    today = local_day(runtime.now())
    with runtime.reading() as readings:
        for _, _, numbers in pinned_cases(readings):
            with suppress(DefinitionError):  # who cannot be read is told by `doctor`, and this may be the cure
                rules = runtime.content_of(readings.load_case(numbers[0]), today).rules
                kinds = {kind.id: kind for kind in rules.records.values() if kind.binds}
                for number in numbers if kinds else ():
                    yield from _of_case(readings.load_case(number), kinds, published)


def _of_case(case: Case, kinds: Mapping[str, RecordKind], published: Collection[str]) -> Iterator[OpenCondition]:
    for record in case.records:
        kind = kinds.get(record.kind)
        if kind is None or not kind.is_open(record.life):
            continue
        rules = tuple(name for name in _named(kind, record) if name in published)
        if rules:
            yield OpenCondition(
                case_id=case.id,
                record=record.key,
                label=kind.label,
                life=kind.life_label(record.life),
                rules=rules,
                says={kind.fields[name].label: write_value(known.value, kind.fields[name])
                      for name, known in record.fields.items() if name in kind.needs},
            )  # fmt: skip


def _named(kind: RecordKind, record: Record) -> tuple[str, ...]:
    known = record.fields.get(kind.binds)
    if known is None:
        return ()
    return known.value if isinstance(known.value, tuple) else (str(known.value),)
