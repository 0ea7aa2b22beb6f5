"""Records: what an act says belongs to the record it writes, and to no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from engine.core.deciding.case import Case
from engine.core.deciding.situation import Situation, look
from engine.core.deciding.step import BlockerKind, EntryKind, Refusal, Step
from engine.core.deciding.why import possibilities, whole_reason
from engine.core.language.facts import KnownFact, Value
from tests.core.decisions.garden import KEEPER, MEMBER, Garden, ask, at, garden, kinds

GOOD: dict[str, Value] = {"ronde.dag": date(2026, 3, 3), "ronde.oordeel": "goed", "ronde.keurder": "Gijs Hark"}
POOR: dict[str, Value] = {"ronde.dag": date(2026, 3, 3), "ronde.oordeel": "matig"}
JOB: dict[str, Value] = {"klus.wat": "Pad harken", "klus.wie": "Ootje Moes", "klus.voor": date(2026, 3, 20)}


def watch(entry: str = "begin", facts: Mapping[str, Value] | None = None) -> Garden:
    return garden("2026-03-02", facts, workflow="toezicht", entry=entry, case_id="TOE-1")


def close_round(plot: Garden, facts: Mapping[str, Value], day: str = "2026-03-03") -> Step | Refusal:
    return plot.act("ronde_afsluiten", KEEPER, at(day), facts)


def seen(plot: Garden, day: str = "2026-03-10") -> Situation:
    return look(plot.asked(plot.case, KEEPER, at(day)))


def written(plot: Garden, kind: str) -> list[tuple[int, str, dict[str, Value]]]:
    found = plot.case.records_of(kind)
    return [(one.number, one.life, {name: known.value for name, known in one.fields.items()}) for one in found]


def test_an_act_writes_a_new_record_each_time() -> None:
    plot = watch()
    assert isinstance(close_round(plot, GOOD), Step)
    assert isinstance(close_round(plot, {**POOR, **JOB}), Step)
    assert [number for number, _, _ in written(plot, "ronde")] == [1, 2]
    assert written(plot, "klus") == [(1, "open", {"wat": "Pad harken", "wie": "Ootje Moes", "voor": date(2026, 3, 20)})]
    assert plot.case.records_of("klus")[0].belongs_to == 2


def test_what_an_earlier_record_said_does_not_satisfy_the_next_act() -> None:
    plot = watch()
    assert isinstance(close_round(plot, {**POOR, **JOB}), Step)
    # The day of the earlier job still lies ahead: it is another job.
    outcome = close_round(plot, POOR, "2026-03-10")
    assert BlockerKind.CONDITION in kinds(outcome)
    assert len(plot.case.records_of("ronde")) == 1


def test_what_a_record_needs_must_be_given_by_the_act() -> None:
    plot = watch()
    assert isinstance(close_round(plot, GOOD), Step)
    outcome = close_round(plot, {"ronde.oordeel": "goed"}, "2026-03-10")
    assert isinstance(outcome, Refusal)
    assert [(one.kind, one.subject) for one in outcome.blockers] == [(BlockerKind.MISSING_FACT, "ronde.dag")]


def test_an_optional_record_is_whole_or_not_there() -> None:
    plot = watch()
    outcome = close_round(plot, {**GOOD, "klus.wat": "Pad harken"})
    assert isinstance(outcome, Refusal)
    assert {one.subject for one in outcome.blockers} == {"klus.wie", "klus.voor"}
    assert isinstance(close_round(plot, GOOD), Step)
    assert not plot.case.records_of("klus")


def test_after_the_act_no_field_lies_among_the_facts() -> None:
    plot = watch()
    assert isinstance(close_round(plot, {**GOOD, **JOB}), Step)
    assert plot.case.facts.keys() == {"tuinder.nummer", "tuinder.naam"}
    assert seen(plot).lookup("ronde.dag") is None


def test_the_journal_says_what_was_written_and_what_became_of_it() -> None:
    plot = watch()
    close_round(plot, {**GOOD, **JOB})
    plot.act("klus_gedaan", MEMBER, at("2026-03-10"), {"klus.gezien": date(2026, 3, 9)})
    lines = [entry.details for step in plot.steps for entry in step.entries if entry.kind is EntryKind.RECORD]
    assert [(line["record"], line["number"], line["life"]) for line in lines] == [
        ("ronde", 1, ""), ("klus", 1, "open"), ("klus", 1, "gedaan"),
    ]  # fmt: skip
    assert lines[1]["fields"] == {"wat": "Pad harken", "wie": "Ootje Moes", "voor": "2026-03-20"}
    assert lines[2]["fields"] == {"gezien": "2026-03-09"}


@pytest.mark.parametrize("way", ["record", "act"])
def test_a_field_outside_the_act_that_writes_it_is_refused(way: str) -> None:
    plot = watch()
    if way == "record":
        outcome = plot.record({"ronde.dag": date(2026, 3, 3)}, KEEPER, at("2026-03-03"))
    else:
        outcome = plot.act("alles_vervalt", KEEPER, at("2026-03-03"), {"ronde.dag": date(2026, 3, 3)})
    assert isinstance(outcome, Refusal)
    (blocker,) = outcome.blockers
    assert (blocker.kind, blocker.subject) == (BlockerKind.NOT_AT_HAND, "ronde.dag")
    assert blocker.supplied_by == ("ronde_afsluiten", "na_een_ronde")


def test_nobody_gives_a_life_or_a_day_of_writing() -> None:
    plot = watch()
    for fact in ("klus.life", "klus.written_on"):
        outcome = close_round(plot, {**GOOD, **JOB, fact: "gedaan"})
        assert BlockerKind.DERIVED_FACT in kinds(outcome)


def test_which_record_is_changed_is_said_by_number_when_several_are_open() -> None:
    plot, done = watch(), {"klus.gezien": date(2026, 3, 9)}
    for _ in range(2):
        close_round(plot, {**GOOD, **JOB})
    outcome = plot.act("klus_gedaan", MEMBER, at("2026-03-10"), done)
    assert isinstance(outcome, Refusal)
    (blocker,) = [one for one in outcome.blockers if one.kind is BlockerKind.WHICH_RECORD]
    assert (blocker.subject, blocker.supplied_by) == ("klus.number", ("1", "2"))
    assert BlockerKind.WHICH_RECORD in kinds(
        plot.act("klus_gedaan", MEMBER, at("2026-03-10"), {**done, "klus.number": 7})
    )
    assert isinstance(plot.act("klus_gedaan", MEMBER, at("2026-03-10"), {**done, "klus.number": 2}), Step)
    assert [(number, life) for number, life, _ in written(plot, "klus")] == [(1, "open"), (2, "gedaan")]
    # Now one is open: it needs no number.
    assert isinstance(plot.act("klus_gedaan", MEMBER, at("2026-03-11"), done), Step)
    assert BlockerKind.WHICH_RECORD in kinds(plot.act("klus_gedaan", MEMBER, at("2026-03-11"), done))


def test_a_new_record_belongs_to_the_one_that_is_named() -> None:
    plot = watch()
    for _ in range(2):
        close_round(plot, GOOD)
    outcome = plot.act("klus_erbij", KEEPER, at("2026-03-10"), JOB)
    assert isinstance(outcome, Refusal)
    assert [(one.kind, one.subject, one.supplied_by) for one in outcome.blockers] == [
        (BlockerKind.WHICH_RECORD, "klus.ronde", ("1", "2"))
    ]
    assert isinstance(plot.act("klus_erbij", KEEPER, at("2026-03-10"), {**JOB, "klus.ronde": 1}), Step)
    assert plot.case.records_of("klus")[0].belongs_to == 1


def test_an_act_can_close_every_open_record() -> None:
    plot = watch()
    for _ in range(2):
        close_round(plot, {**GOOD, **JOB})
    plot.act("klus_gedaan", MEMBER, at("2026-03-10"), {"klus.gezien": date(2026, 3, 9), "klus.number": 1})
    assert isinstance(plot.act("alles_vervalt", KEEPER, at("2026-03-11")), Step)
    assert [life for _, life, _ in written(plot, "klus")] == ["gedaan", "vervallen"]


def test_a_record_without_a_life_is_corrected_by_its_number() -> None:
    plot = watch()
    for facts in (POOR, GOOD):
        close_round(plot, {**facts, **JOB})
    better: dict[str, Value] = {"ronde.oordeel": "goed"}
    refused = plot.correct(better, KEEPER, at("2026-03-10"))
    assert isinstance(refused, Refusal)
    assert [(one.kind, one.supplied_by) for one in refused.blockers] == [(BlockerKind.WHICH_RECORD, ("1", "2"))]
    step = plot.correct({**better, "ronde.number": 1}, KEEPER, at("2026-03-10"))
    assert isinstance(step, Step), step
    (line,) = [entry.details for entry in step.entries if entry.kind is EntryKind.CORRECTED]
    assert (line["facts"], line["was"]) == ({"ronde.oordeel": "goed"}, {"ronde.oordeel": "matig"})
    assert seen(plot).lookup("goede_rondes.count") == 2
    # It can still not be written over without a reason.
    recorded = plot.record({"ronde.oordeel": "matig", "ronde.number": 1}, KEEPER, at("2026-03-11"))
    assert BlockerKind.NOT_AT_HAND in kinds(recorded)


def test_a_case_can_open_with_a_record() -> None:
    plot = watch("na_een_ronde", GOOD)
    assert [number for number, _, _ in written(plot, "ronde")] == [1]
    refused = ask("2026-03-02", {}, workflow="toezicht", entry="na_een_ronde")
    assert isinstance(refused, Refusal)
    assert [one.subject for one in refused.blockers] == ["ronde.dag"]
    refused = ask("2026-03-02", GOOD, workflow="toezicht", entry="begin")
    assert kinds(refused) == {BlockerKind.NOT_AT_HAND} if isinstance(refused, Refusal) else False


def test_views_speak_of_records_by_single_facts() -> None:
    plot = watch()
    close_round(plot, {**GOOD, "ronde.punten": 7})
    close_round(plot, {**POOR, **JOB, "ronde.punten": 0.1})
    close_round(plot, {**GOOD, "ronde.keurder": "Bep Schep", "ronde.dag": date(2026, 3, 8), "ronde.punten": 0.2})
    look_up = seen(plot).lookup
    assert {name: look_up(f"goede_rondes.{name}") for name in ("count", "any", "all")} == {
        "count": 2, "any": True, "all": False,
    }  # fmt: skip
    assert look_up("goede_rondes.latest.keurder") == "Bep Schep"
    assert look_up("goede_rondes.first.keurder") == "Gijs Hark"
    assert look_up("goede_rondes.distinct.keurder") == 2
    assert look_up("goede_rondes.list.keurder") == ("Gijs Hark", "Bep Schep")
    assert look_up("rondes.sum.punten") == 7.3
    assert look_up("open_klussen.count") == 1
    assert look_up("klussen_na_matig.count") == 1
    assert look_up("klussen_na_matig.latest.ronde") == 2
    assert look_up("genoeg_goed") is True


def test_without_records_a_view_counts_none_and_knows_no_latest() -> None:
    look_up = seen(watch()).lookup
    found = {name: look_up(f"goede_rondes.{name}") for name in ("count", "any", "all", "sum.punten", "list.keurder")}
    assert found == {"count": 0, "any": False, "all": True, "sum.punten": 0, "list.keurder": ()}
    assert look_up("goede_rondes.latest.dag") is None


def test_a_record_of_which_it_is_unknown_whether_it_counts_makes_the_count_unknown() -> None:
    plot = watch()
    close_round(plot, GOOD)
    # No judgement yet: closed by a job.
    close_round(plot, {"ronde.dag": date(2026, 3, 8), **JOB})
    look_up = seen(plot).lookup
    assert look_up("goede_rondes.count") is None
    assert look_up("goede_rondes.latest.dag") is None
    assert look_up("goede_rondes.first.dag") == date(2026, 3, 3)
    assert look_up("goede_rondes.any") is True
    assert look_up("goede_rondes.all") is None
    assert look_up("rondes.distinct.keurder") is None


def test_the_reason_names_the_records() -> None:
    plot = watch()
    close_round(plot, GOOD)
    close_round(plot, {**POOR, **JOB})
    situation = seen(plot)
    closing = next(item for item in possibilities(situation) if item.transition == "afronden")
    (blocker,) = [one for one in closing.blockers if one.reason is not None]
    found = [one for one in _flat(blocker.reason) if one.kind == "record"]
    assert {(one.subject, one.truth) for one in found} >= {("ronde.1", True), ("ronde.2", False), ("klus.1", True)}
    reason = situation.explain_view("goede_rondes.count")
    assert reason is not None
    assert [part.subject for part in whole_reason(situation, reason).parts] == ["ronde.1", "ronde.2"]


def test_each_open_record_has_its_own_clock() -> None:
    plot = watch()
    close_round(plot, {**GOOD, **JOB})
    close_round(plot, {**GOOD, **JOB, "klus.voor": date(2026, 3, 27)})
    assert plot.last_day("klus_klaar/klus.1") == "2026-03-20"
    assert plot.last_day("klus_klaar/klus.2") == "2026-03-27"
    plot.act("klus_gedaan", MEMBER, at("2026-03-10"), {"klus.gezien": date(2026, 3, 9), "klus.number": 1})
    assert plot.clock("klus_klaar/klus.1").status == "stopped"
    plot.pass_time(at("2026-04-01"))
    told = [notice for step in plot.steps for notice in step.notices]
    assert [(one.to, one.kind, one.parameters["record"]) for one in told] == [
        ("beheerder", "term_warning", "klus.2"), ("bestuur", "term_passed", "klus.2"),
    ]  # fmt: skip
    assert told[1].parameters["fields"] == {"wat": "Pad harken", "wie": "Ootje Moes", "voor": "2026-03-27"}
    assert plot.case.facts.keys() == {"tuinder.nummer", "tuinder.naam"}


def test_what_the_first_edition_held_as_facts_is_the_first_record() -> None:
    plot = watch()
    early = datetime(2026, 3, 1, 9, tzinfo=UTC)
    loose = {name: KnownFact(value=value, by="beheerder", at=early) for name, value in {**GOOD, **JOB}.items()}
    older = replace(plot.case, facts={**plot.case.facts, **loose})
    taken = plot.asked(older, KEEPER, at("2026-03-10")).case
    assert [(one.key, one.at, one.life, one.belongs_to) for one in taken.records] == [
        ("ronde.1", early, "", 0), ("klus.1", early, "open", 1),
    ]  # fmt: skip
    assert taken.facts.keys() == plot.case.facts.keys()
    again = plot.asked(taken, KEEPER, at("2026-03-10")).case
    assert isinstance(again, Case)
    assert again == taken


def _flat(reason: object) -> list[object]:
    from engine.core.evaluation.reasons import Reason

    assert isinstance(reason, Reason)
    return [reason, *(one for part in reason.parts for one in _flat(part))]


def test_of_a_kind_that_counts_alone_the_bare_fields_mean_the_one_that_counts() -> None:
    plot, gold = watch(), {"keurmerk.soort": "goud", "keurmerk.door": "Gijs Hark", "keurmerk.reden": "Mooi"}
    assert BlockerKind.CONDITION in kinds(plot.act("goud_vieren", KEEPER, at("2026-03-03")))
    assert isinstance(plot.act("keuren", KEEPER, at("2026-03-03"), gold), Step)
    assert isinstance(plot.act("bezoeken", KEEPER, at("2026-03-04"), {"bezoek.dag": date(2026, 3, 4)}), Step)
    assert seen(plot).lookup("keurmerk.soort") == "goud"
    assert isinstance(plot.act("goud_vieren", KEEPER, at("2026-03-05")), Step)


def test_a_new_record_begins_empty_and_ends_the_one_before_it() -> None:
    plot, gold = watch(), {"keurmerk.soort": "goud", "keurmerk.door": "Gijs Hark", "keurmerk.reden": "Mooi"}
    plot.act("keuren", KEEPER, at("2026-03-03"), gold)
    plot.act("bezoeken", KEEPER, at("2026-03-04"), {"bezoek.dag": date(2026, 3, 4)})
    # Who gave the first one does not count for the second.
    outcome = plot.act("keuren", KEEPER, at("2026-03-05"), {"keurmerk.soort": "groen"})
    assert isinstance(outcome, Refusal)
    assert [one.subject for one in outcome.blockers] == ["keurmerk.door"]
    second = {"keurmerk.soort": "goud", "keurmerk.door": "Bep Schep"}
    assert isinstance(plot.act("keuren", KEEPER, at("2026-03-05"), second), Step)
    assert [(number, life) for number, life, _ in written(plot, "keurmerk")] == [(1, "vervangen"), (2, "geldig")]
    look_up = seen(plot).lookup
    assert (look_up("keurmerk.door"), look_up("keurmerk.reden")) == ("Bep Schep", None)
    assert look_up("keurmerken.first.reden") == "Mooi"
    # What belonged to the first counts no more, and the act that asks for it is refused.
    assert look_up("bezoek.dag") is None
    assert BlockerKind.CONDITION in kinds(plot.act("goud_vieren", KEEPER, at("2026-03-06")))


def test_what_was_withdrawn_counts_no_more() -> None:
    plot = watch()
    plot.act("keuren", KEEPER, at("2026-03-03"), {"keurmerk.soort": "goud", "keurmerk.door": "Gijs Hark"})
    assert isinstance(plot.act("keurmerk_intrekken", KEEPER, at("2026-03-04")), Step)
    assert seen(plot).lookup("keurmerk.soort") is None


def test_an_act_that_only_writes_what_is_optional_must_say_something() -> None:
    plot = watch("na_een_ronde", GOOD)
    plot.act("keuren", KEEPER, at("2026-03-03"), {"keurmerk.soort": "goud", "keurmerk.door": "Gijs Hark"})
    outcome = plot.act("los", KEEPER, at("2026-03-04"))
    assert isinstance(outcome, Refusal)
    (blocker,) = outcome.blockers
    assert (blocker.kind, blocker.supplied_by) == (BlockerKind.NOTHING_WRITTEN, ("Bezoek", "Klus"))
    assert isinstance(plot.act("los", KEEPER, at("2026-03-04"), {"bezoek.dag": date(2026, 3, 4)}), Step)


def test_what_comes_in_later_is_added_to_the_open_record() -> None:
    plot = watch()
    close_round(plot, {**GOOD, **JOB})
    assert isinstance(plot.record({"klus.gezien": date(2026, 3, 9)}, KEEPER, at("2026-03-10")), Step)
    assert written(plot, "klus")[0][2]["gezien"] == date(2026, 3, 9)
    assert plot.case.facts.keys() == {"tuinder.nummer", "tuinder.naam"}
    close_round(plot, {**GOOD, **JOB})
    assert BlockerKind.WHICH_RECORD in kinds(plot.record({"klus.gezien": date(2026, 3, 9)}, KEEPER, at("2026-03-11")))
    named: dict[str, Value] = {"klus.gezien": date(2026, 3, 10), "klus.number": 2}
    assert isinstance(plot.record(named, KEEPER, at("2026-03-11")), Step)
    assert [fields["gezien"] for _, _, fields in written(plot, "klus")] == [date(2026, 3, 9), date(2026, 3, 10)]


def test_what_a_record_says_already_is_not_recorded_over() -> None:
    plot = watch()
    close_round(plot, {**GOOD, **JOB})
    outcome = plot.record({"klus.wat": "Snoeien"}, KEEPER, at("2026-03-10"))
    assert kinds(outcome) == {BlockerKind.ALREADY_KNOWN}
    assert kinds(plot.record({"klus.wat": "Pad harken"}, KEEPER, at("2026-03-10"))) == {BlockerKind.ALREADY_KNOWN}
    assert written(plot, "klus")[0][2]["wat"] == "Pad harken"


def test_a_record_is_corrected_by_its_number_and_its_clock_follows() -> None:
    plot = watch()
    for _ in range(2):
        close_round(plot, {**GOOD, **JOB})
    later: dict[str, Value] = {"klus.voor": date(2026, 4, 1)}
    assert BlockerKind.WHICH_RECORD in kinds(plot.correct(later, KEEPER, at("2026-03-11")))
    step = plot.correct({**later, "klus.number": 2}, KEEPER, at("2026-03-11"))
    assert isinstance(step, Step)
    assert [fields["voor"] for _, _, fields in written(plot, "klus")] == [date(2026, 3, 20), date(2026, 4, 1)]
    (line,) = [entry.details for entry in step.entries if entry.kind is EntryKind.CORRECTED]
    assert (line["was"], line["facts"]) == ({"klus.voor": "2026-03-20"}, {"klus.voor": "2026-04-01"})
    assert plot.last_day("klus_klaar/klus.2") == "2026-04-01"
    assert plot.case.facts.keys() == {"tuinder.nummer", "tuinder.naam"}


def test_a_clock_of_the_first_edition_becomes_that_of_the_record() -> None:
    plot = watch()
    close_round(plot, {**GOOD, **JOB})
    (clock,) = [one for one in plot.case.clocks if one.term == "klus_klaar"]
    loose = {f"klus.{name}": known for name, known in plot.case.records_of("klus")[0].fields.items()}
    older = replace(
        plot.case,
        records=(),
        facts={**plot.case.facts, **loose},
        clocks=(replace(clock, addressee="", fired=("klus_klaar|warning|1|x",)),),
    )
    taken = plot.asked(older, KEEPER, at("2026-03-10")).case
    assert [(one.key, one.fired) for one in taken.clocks] == [("klus_klaar/klus.1", ("klus_klaar/klus.1|warning|1|x",))]
    seen_already = {**loose, "klus.gezien": KnownFact(value=date(2026, 3, 9), by="tuinder", at=at("2026-03-09"))}
    over = plot.asked(replace(older, facts=seen_already), KEEPER, at("2026-03-10")).case
    assert [one.life for one in over.records] == ["gedaan"]


def order(plot: Garden, **job: Value) -> Step | Refusal:
    facts: dict[str, Value] = {**JOB, **{f"klus.{name}": value for name, value in job.items()}, "klus.ronde": 1}
    return plot.act("klus_bestellen", KEEPER, at("2026-03-04"), facts)


def test_a_view_of_what_is_alike_counts_the_records_that_do_not_differ_from_what_the_act_says() -> None:
    plot = watch()
    close_round(plot, {**POOR, **JOB})
    # Another spelling is no other job, and who does it is not asked.
    refused = order(plot, wat="PAD HARKEN", wie="Bep Schep")
    assert isinstance(refused, Refusal)
    assert kinds(refused) == {BlockerKind.CONDITION}
    assert isinstance(order(plot, wat="Heg knippen"), Step)
    assert len(plot.case.records_of("klus")) == 2


def test_a_field_that_a_record_may_do_without_sets_apart_only_when_both_say_it() -> None:
    plot = watch()
    close_round(plot, {**POOR, **JOB})
    assert isinstance(order(plot, gezien=date(2026, 3, 4)), Refusal)
    assert isinstance(order(plot, wat="Heg knippen", gezien=date(2026, 3, 4)), Step)
    assert isinstance(order(plot, wat="Heg knippen", gezien=date(2026, 3, 4)), Refusal)
    assert isinstance(order(plot, wat="Heg knippen", gezien=date(2026, 3, 3)), Step)


def test_what_is_not_said_yet_leaves_unknown_which_records_are_alike_and_is_asked_for() -> None:
    plot = watch()
    close_round(plot, {**POOR, **JOB})
    refused = plot.act("klus_bestellen", KEEPER, at("2026-03-04"), {"klus.ronde": 1})
    assert isinstance(refused, Refusal)
    assert [one.subject for one in refused.blockers if one.kind is BlockerKind.MISSING_FACT] == [
        "klus.wat", "klus.wie", "klus.voor",
    ]  # fmt: skip
    assert [one.reason.truth for one in refused.blockers if one.reason] == [None]


def test_transitions_of_one_name_say_each_thing_once_and_leave_out_what_can_no_longer_be() -> None:
    plot = watch()
    refused = plot.act("wegen", KEEPER, at("2026-03-04"))
    assert isinstance(refused, Refusal)
    assert [(one.kind, one.subject) for one in refused.blockers] == [
        (BlockerKind.CONDITION, "wegen"), (BlockerKind.MISSING_FACT, "drempel"),
    ]  # fmt: skip
    plot.record({"drempel": 3}, KEEPER, at("2026-03-04"))
    refused = plot.act("wegen", KEEPER, at("2026-03-04"))
    assert isinstance(refused, Refusal)
    assert [one.kind for one in refused.blockers] == [BlockerKind.CONDITION, BlockerKind.CONDITION]
