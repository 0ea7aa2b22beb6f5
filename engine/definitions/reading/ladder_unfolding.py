"""A ladder unfolded into states, transitions and terms of a workflow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.core.content.ladder import Ladder, Rung
from engine.core.content.ruleset import TermRule
from engine.core.content.workflow import State, Transition
from engine.core.language.conditions import ALWAYS, All, Condition
from engine.core.language.orders import LetterOrder
from engine.definitions.files.places import Place
from engine.definitions.models.workflow import ActPart, LadderUsePart, RungActPart
from engine.definitions.reading.build_parts import build_cases, build_conclusions, build_letters
from engine.definitions.reading.condition_parser import read_condition


def both(*conditions: Condition) -> Condition:
    """All of these together; conditions that always hold are left out."""
    parts = tuple(condition for condition in conditions if condition != ALWAYS)
    if not parts:
        return ALWAYS
    return parts[0] if len(parts) == 1 else All(parts=parts, where=parts[0].where)


def build_transition(
    part: ActPart, at: Place, *, transition_id: str, label: str, origin: str, target: str, by: Sequence[str],
    when: Condition = ALWAYS, requires: Sequence[str] = (), letters: Sequence[LetterOrder] = (),
    automatic: bool = False, on_term: str = "", answers_rung: bool = False,
) -> Transition:  # fmt: skip
    """One transition from what an act says, with what its origin and target add to it."""
    return Transition(
        id=transition_id,
        label=label,
        origin=origin,
        target=target,
        by=tuple(by),
        when=both(read_condition(part.when, at / "when"), when),
        requires=tuple(dict.fromkeys((*part.requires, *requires))),
        asks=tuple(part.asks),
        sets=build_conclusions(part.sets, at / "sets"),
        letters=(*build_letters(part.letters, at / "letters"), *letters),
        opens=build_cases(part.opens, at / "opens"),
        tells_parent=build_conclusions(part.tells_parent, at / "tells_parent"),
        tells=tuple(part.tells),
        automatic=automatic,
        on_term=on_term,
        reason_required=part.reason == "required",
        answers_rung=answers_rung,
        source=tuple(part.source),
        status=part.status,
        where=at.where,
    )


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
        rungs = self.ladder.enabled_rungs()
        along = (transition for number, rung in enumerate(rungs) for transition in self._transitions_of(number, rung))
        return (*self._onto(origins), *along, *self._to_tracks(open_states))

    def _terms_of(self, rung: Rung) -> Iterator[TermRule]:
        names, at = self.use.terms, self.at / "terms"
        yield TermRule(
            id=names.maximum.replace("{rung}", rung.id), label=f"Maximum: {rung.label}", kind="agreed",
            length=rung.maximum, roll="none", starts_in=(rung.id,), basis=tuple(names.basis),
            source=rung.source, status=rung.status, where=at.where,
        )  # fmt: skip
        if rung.target is not None:
            yield TermRule(
                id=names.target.replace("{rung}", rung.id), label=f"Streeftijd: {rung.label}", kind="target",
                length=rung.target, roll="none", starts_in=(rung.id,), target_share=rung.target_share,
                basis=tuple(names.basis), source=rung.source, status=rung.status, where=at.where,
            )  # fmt: skip

    def _onto(self, origins: Sequence[str]) -> Iterator[Transition]:
        """Direct entries first, then the rungs from low to high by their entry condition."""
        part, at = self.use.entered, self.at / "entered"
        by_id = {rung.id: rung for rung in self.ladder.enabled_rungs()}
        direct = [(by_id[one.to], one.when) for one in self.ladder.direct if one.to in by_id]
        for origin in origins:
            for rung, when in (*direct, *((rung, rung.entry) for rung in by_id.values())):
                yield build_transition(
                    part, at, transition_id=part.id, label=part.label, origin=origin, target=rung.id, by=part.by,
                    when=when, letters=rung.letters,
                )  # fmt: skip

    def _transitions_of(self, number: int, rung: Rung) -> Iterator[Transition]:
        use, at = self.use, self.at
        yield build_transition(
            use.solved, at / "solved", transition_id=use.solved.id, label=use.solved.label, origin=rung.id,
            target=use.solved.to, by=use.solved.by or (rung.owner,), when=rung.guard, requires=rung.answer,
            answers_rung=True,
        )  # fmt: skip
        if use.stuck:
            yield from self._upward(number, use.stuck, at / "stuck", use.stuck.by or (rung.owner,))
        if use.next_step:
            yield self._on_rung(use.next_step, at / "next_step", rung, rung)
        if use.lower and number > 0:
            yield self._on_rung(use.lower, at / "lower", rung, self.ladder.enabled_rungs()[number - 1])
        overrun = RungActPart.model_validate({"id": use.overrun.id, "label": use.overrun.label})
        yield from self._upward(number, overrun, at / "overrun", (), self.use.terms.maximum.replace("{rung}", rung.id))

    def _on_rung(self, part: RungActPart, at: Place, rung: Rung, target: Rung) -> Transition:
        letters = target.letters if target is not rung else ()
        return build_transition(
            part, at, transition_id=part.id, label=part.label, origin=rung.id, target=target.id,
            by=part.by or (rung.owner,), letters=letters,
        )  # fmt: skip

    def _upward(
        self, number: int, part: RungActPart, at: Place, by: Sequence[str], on_term: str = ""
    ) -> Iterator[Transition]:
        """To the first higher rung whose entry holds; above the last one to the state for what got stuck."""
        origin = self.ladder.enabled_rungs()[number].id
        for higher in self.ladder.enabled_rungs()[number + 1 :]:
            yield build_transition(
                part, at, transition_id=part.id, label=part.label, origin=origin, target=higher.id, by=by,
                when=higher.entry, letters=higher.letters, on_term=on_term, answers_rung=not on_term,
            )  # fmt: skip
        yield build_transition(
            part, at, transition_id=part.id, label=part.label, origin=origin, target=self.use.exhausted, by=by,
            on_term=on_term, answers_rung=not on_term,
        )  # fmt: skip

    def _to_tracks(self, open_states: Sequence[str]) -> Iterator[Transition]:
        part = self.use.track
        if part is None:
            return
        for track in self.ladder.tracks:
            for state in open_states:
                yield Transition(
                    id=track.id, label=part.label.replace("{track}", track.label), origin=state, target=state,
                    by=tuple(part.by), tells=(track.body,), source=track.source, status=track.status,
                    where=(self.at / "track").where,
                )  # fmt: skip
