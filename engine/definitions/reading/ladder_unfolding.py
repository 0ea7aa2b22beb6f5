"""A ladder unfolded into states, transitions and terms of a workflow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.core.content.ladder import Ladder, Rung
from engine.core.content.term_rules import TermRule
from engine.core.content.workflow import State, Transition
from engine.core.language.conditions import ALWAYS, All, Condition
from engine.core.quick_class import dataclass
from engine.definitions.files.places import Place
from engine.definitions.models.parts import ContentBlock
from engine.definitions.models.workflow import LadderUsePart
from engine.definitions.reading.building import build


def both(*conditions: Condition) -> Condition:
    """All of these together; conditions that always hold are left out."""
    parts = tuple(condition for condition in conditions if condition != ALWAYS)
    if not parts:
        return ALWAYS
    return parts[0] if len(parts) == 1 else All(parts=parts, where=parts[0].where)


def _acts_of(use: LadderUsePart, at: Place) -> dict[str, Transition]:
    """What a ladder says of each act, by its key; from and to which rung it leads is filled in for each rung."""
    parts = {key: part for key, part in use if isinstance(part, ContentBlock) and part.makes is Transition}
    return {
        key: build(
            part, at / key, origin="", where=(at / key).where,
            **({} if "target" in type(part).model_fields else {"target": ""}),
            **({} if "id" in type(part).model_fields else {"id": ""}),
        )
        for key, part in parts.items()
    }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfolding:
    """One use of a ladder by a workflow; `at` is the place of that use."""

    ladder: Ladder
    use: LadderUsePart
    at: Place

    def states(self) -> tuple[State, ...]:
        """A state for each rung in use; its id is that of the rung."""
        return tuple(
            State(
                id=rung.id,
                label=self.use.label.replace("{rung}", rung.label),
                owner=rung.owner,
                rung=rung.id,
                source=rung.source,
                status=rung.status,
                where=rung.where,
            )
            for rung in self.ladder.enabled_rungs()
        )

    def terms(self) -> tuple[TermRule, ...]:
        """The longest stay of each rung, and its target where it has one."""
        return tuple(term for rung in self.ladder.enabled_rungs() for term in self._terms_of(rung))

    def transitions(self, origins: Sequence[str], open_states: Sequence[str]) -> tuple[Transition, ...]:
        """All transitions: onto the ladder from `origins`, along it, and to the tracks from all `open_states`."""
        acts = _acts_of(self.use, self.at)
        along: list[Transition] = []
        for number, rung in enumerate(self.ladder.enabled_rungs()):
            along += self._transitions_of(acts, number, rung)
        tracks = self._to_tracks(acts["track"], open_states) if "track" in acts else ()
        return (*self._onto(acts["entered"], origins), *along, *tracks)

    def _terms_of(self, rung: Rung) -> Iterator[TermRule]:
        names, at = self.use.terms, self.at / "terms"
        yield TermRule(
            id=names.maximum.replace("{rung}", rung.id), label=f"Maximum: {rung.label}", kind="agreed",
            period=rung.maximum, roll="none", starts_in=(rung.id,), basis=tuple(names.basis),
            source=rung.source, status=rung.status, where=at.where,
        )  # fmt: skip
        if rung.target is not None:
            yield TermRule(
                id=names.target.replace("{rung}", rung.id), label=f"Streeftijd: {rung.label}", kind="target",
                period=rung.target, roll="none", starts_in=(rung.id,), target_share=rung.target_share,
                basis=tuple(names.basis), source=rung.source, status=rung.status, where=at.where,
            )  # fmt: skip

    def _onto(self, entered: Transition, origins: Sequence[str]) -> Iterator[Transition]:
        """Direct entries first, then the rungs from low to high by their entry condition."""
        by_id = {rung.id: rung for rung in self.ladder.enabled_rungs()}
        direct = [(by_id[one.to], one.when) for one in self.ladder.direct if one.to in by_id]
        for origin in origins:
            for rung, when in (*direct, *((rung, rung.entry) for rung in by_id.values())):
                yield _to_rung(entered, origin, rung, when)

    def _transitions_of(self, acts: Mapping[str, Transition], number: int, rung: Rung) -> Iterator[Transition]:
        rungs = self.ladder.enabled_rungs()
        own = {key: replace(act, origin=rung.id, by=act.by or (rung.owner,)) for key, act in acts.items()}
        solved = own["solved"]
        yield replace(
            solved,
            when=both(solved.when, rung.guard),
            requires=tuple(dict.fromkeys((*solved.requires, *rung.answer))),
            changes=(*solved.changes, *rung.changes),
            answers_rung=True,
        )
        if "stuck" in own:
            yield from self._upward(number, replace(own["stuck"], answers_rung=True))
        if "next_step" in own:
            yield replace(own["next_step"], target=rung.id)
        if "lower" in own and number > 0:
            yield _to_rung(own["lower"], rung.id, rungs[number - 1], ALWAYS)
        maximum = self.use.terms.maximum.replace("{rung}", rung.id)
        yield from self._upward(number, replace(acts["overrun"], origin=rung.id, on_term=maximum))

    def _upward(self, number: int, act: Transition) -> Iterator[Transition]:
        """To the first higher rung whose entry holds; above the last one to the state for what got stuck."""
        for higher in self.ladder.enabled_rungs()[number + 1 :]:
            yield _to_rung(act, act.origin, higher, higher.entry)
        yield replace(act, target=self.use.exhausted)

    def _to_tracks(self, written: Transition, open_states: Sequence[str]) -> Iterator[Transition]:
        for track in self.ladder.tracks:
            told = replace(
                written, id=track.id, label=written.label.replace("{track}", track.label), tells=(track.body,),
                source=track.source, status=track.status,
            )  # fmt: skip
            yield from (replace(told, origin=state, target=state) for state in open_states)


def _to_rung(act: Transition, origin: str, rung: Rung, when: Condition) -> Transition:
    return replace(act, origin=origin, target=rung.id, when=both(act.when, when), letters=(*act.letters, *rung.letters))
