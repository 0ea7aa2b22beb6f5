"""Cases that open cases: workflow and entry exist, what is handed over is there, what comes back has a place."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content import Content
from engine.core.orders import CaseOrder
from engine.proofs import names
from engine.proofs.problems import Problem, Proven, doubtful, wrong
from engine.proofs.world import World, case_orders


def prove_openings(world: World) -> Proven:
    """Every order to open a case can be carried out, and every fact told to a parent is a fact there."""
    problems: list[Problem] = []
    orders = 0
    for content in world.contents:
        for order, where in case_orders(content):
            orders += 1
            problems.extend(_check_order(world, content, order, where))
        problems.extend(_check_telling(world, content))
        problems.extend(_check_gathering(world, content))
    return Proven(
        problems=tuple(dict.fromkeys(problems)),
        line=f"{orders} opdrachten om een zaak te openen: workflow, ingang en meegegeven gegevens kloppen.",
    )


def _check_order(world: World, content: Content, order: CaseOrder, where: str) -> Iterator[Problem]:
    organisation = content.organisation.id
    known = {other.workflow.id for other in world.of_organisation(organisation)}
    yield from names.workflows(known).refuse_unknown(order.workflow, "Een opdracht om een zaak te openen", where)
    for opened in world.workflows(organisation, order.workflow):
        entries = {entry.id for entry in opened.workflow.entries}
        used_by = f'Een opdracht voor de workflow "{order.workflow}"'
        yield from names.entries(entries).refuse_unknown(order.entry, used_by, where)
        yield from names.facts(opened.rules.facts).refuse_all_unknown(
            tuple(said.fact for said in order.facts), used_by, where
        )
        yield from _check_entry(opened, order, where)


def _check_entry(opened: Content, order: CaseOrder, where: str) -> Iterator[Problem]:
    entry = opened.workflow.entry(order.entry)
    if entry is None:
        return
    there = {said.fact for said in (*order.facts, *entry.sets)} | set(opened.rules.order)
    for fact in (*entry.requires, opened.workflow.subject_key):
        if fact not in there:
            yield wrong(
                "not_handed_over",
                f'De zaak "{order.workflow}" kan niet openen: het gegeven "{fact}" wordt niet meegegeven.',
                where,
                f'De ingang "{entry.id}" van "{order.workflow}" vereist het.',
                f'Zet "{fact}" onder with.',
            )


def _check_telling(world: World, content: Content) -> Iterator[Problem]:
    arcs = [arc for arc in content.workflow.transitions if arc.tells_parent]
    if not arcs:
        return
    parents = world.openers(content)
    if not parents:
        yield doubtful(
            "no_parent",
            f'De overgang "{arcs[0].id}" geeft gegevens door aan een bovenliggende zaak, maar die is er nooit.',
            arcs[0].where,
            f'Geen enkele workflow opent "{content.workflow.id}".',
            "Haal tells_parent weg, of laat een workflow deze zaak openen.",
        )
        return
    known = {fact for parent in parents for fact in parent.rules.facts}
    for arc in arcs:
        for said in arc.tells_parent:
            used_by = f'De overgang "{arc.id}" van "{content.workflow.id}" (tells_parent)'
            yield from names.facts(known).refuse_unknown(said.fact, used_by, arc.where)
            yield from _refuse_derived(parents, said.fact, arc.where)


def _refuse_derived(parents: tuple[Content, ...], fact: str, where: str) -> Iterator[Problem]:
    for parent in parents:
        if fact in parent.rules.order:
            yield wrong(
                "told_derived_fact",
                f'Het gegeven "{fact}" kan niet worden doorgegeven aan "{parent.workflow.id}".',
                where,
                "Daar leiden de regels het af.",
                "Geef een gegeven door dat de regels gebruiken.",
            )


def _check_gathering(world: World, content: Content) -> Iterator[Problem]:
    around = world.of_organisation(content.organisation.id)
    workflows = {other.workflow.id for other in around}
    for fact in content.rules.facts.values():
        if fact.gathered is None:
            continue
        used_by = f'Het gegeven "{fact.id}" (gathered)'
        yield from names.workflows(workflows).refuse_all_unknown(fact.gathered.workflows, used_by, fact.where)
        places = fact.gathered.workflows or tuple(workflows)
        known = {name for other in around if other.workflow.id in places for name in other.rules.facts}
        yield from names.facts(known).refuse_all_unknown(fact.gathered.facts, used_by, fact.where)
