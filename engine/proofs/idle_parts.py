"""Facts that nobody gives or nothing uses, rules nothing reads, addressees without a letter, signals after the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain

from engine.core.content.ordered import case_orders, letter_orders
from engine.core.content.ruleset import Rule, RuleSet, Table
from engine.core.content.term_rules import TermRule
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, doubt, fault
from engine.core.language.facts import FactRule
from engine.core.legal_clock.period import is_surely_longer
from engine.proofs.mentions import facts_given, facts_named, facts_read
from engine.proofs.proven import Proven
from engine.proofs.world import World

_USED = "conclusion_is_used"


def prove_parts_are_used(world: World, elsewhere: Collection[str] = ()) -> Proven:
    """Every fact can get a value and is used; every addressee gets a letter; every reminder comes before the end.

    `elsewhere` are facts that are read by what stands beside the rules, such as cards.
    """
    whole = [one for one in world.judged_rule_sets() if not world.hides(one.organisation.id)]
    findings = tuple(chain(*(_check(world, content, elsewhere) for content in whole)))
    facts = sum(len(content.rules.facts) for content in whole)
    line = f"{facts} gegevens kunnen een waarde krijgen en worden gebruikt."
    return Proven(findings=tuple(dict.fromkeys(_used_by_all(findings, whole))), line=line)


def _used_by_all(findings: Collection[Finding], contents: Collection[Content]) -> Iterator[Finding]:
    """The findings; but what a shared layer says for people is only used when every organisation over it does."""
    holders = Counter(one.where for content in contents for one in _concluding(content.rules))
    users = Counter(finding.where for finding in findings if finding.kind == _USED)
    yield from (one for one in findings if one.kind != _USED or users[one.where] == holders[one.where])


def _concluding(rules: RuleSet) -> tuple[Rule | Table, ...]:
    return (*rules.rules, *rules.tables)


def _check(world: World, content: Content, elsewhere: Collection[str]) -> Iterator[Finding]:
    rules = content.rules
    sharing = world.sharing_rules(content)
    parts = (rules.rules, rules.tables, rules.views, tuple(rules.terms.values()), tuple(rules.addressees.values()),
             tuple(rules.ladders.values()), rules.obligations, rules.planned,
             *((one.workflow, one.letters) for one in sharing))  # fmt: skip
    read = facts_read(parts) | _read_by_others(world, content) | frozenset(elsewhere)
    asked = facts_named(parts)
    given = facts_given(parts) | frozenset(rules.order) | _given_by_others(world, content)
    for fact in rules.facts.values():
        if not _is_made_elsewhere(fact, content):
            yield from _check_fact(fact, read=fact.id in read, asked=fact.id in asked, given=fact.id in given)
    orders = [(one, order) for one in sharing for order in letter_orders(one.workflow, rules)]
    ordered = {reader for _, order in orders for reader in order.to}
    for name, addressee in rules.addressees.items():
        if name not in ordered:
            yield doubt("idle_addressee", addressee.where, addressee=name)
    if all(order.letter in one.letters for one, order in orders):  # what a letter that failed to read says is not known
        yield from _check_conclusions(rules, read | asked)
    for term in content.terms():
        yield from _check_reminders(term)


def _check_conclusions(rules: RuleSet, used: Collection[str]) -> Iterator[Finding]:
    """What a rule or table says is used somewhere, or says why people only read it; and not both."""
    for one in _concluding(rules):
        facts = tuple(sorted({said.fact for said in one.then})) if isinstance(one, Rule) else (one.output,)
        part = ("rules" if isinstance(one, Rule) else "tables", one.id)
        reading = [fact for fact in facts if fact in used]
        if not (reading or one.only_shown):
            yield doubt("idle_conclusion", one.where, part=part, facts=facts)
        elif reading and one.only_shown:
            yield doubt(_USED, one.where, part=part, facts=reading)


def _is_made_elsewhere(fact: FactRule, content: Content) -> bool:
    """Of the dossier, of a record or a view: those are looked at where they are described."""
    of_dossiers = (kind.facts for kind in content.organisation.subjects.values())
    return bool(fact.record or fact.viewed) or any(fact.id in facts for facts in of_dossiers)


def _check_fact(fact: FactRule, *, read: bool, asked: bool, given: bool) -> Iterator[Finding]:
    if not (fact.supplied_by or fact.gathered or asked or given):
        yield (
            fault("fact_from_nobody", fact.where, fact=fact.id)
            if read
            else doubt("idle_fact", fact.where, fact=fact.id)
        )
    # What is asked about health or faith must serve a purpose that the rules or letters show (AVG art. 5 and 9).
    if fact.special_category and not read:
        yield fault("special_for_nothing", fact.where, fact=fact.id)


def _read_by_others(world: World, content: Content) -> frozenset[str]:
    """What other workflows bring together, and the days that bound a fact."""
    contents = world.of_organisation(content.organisation.id)
    facts = [fact for one in contents for fact in one.rules.facts.values()]
    gathered = (name for fact in facts if fact.gathered for name in fact.gathered.facts)
    limits = (limit.fact for fact in facts for limit in (fact.not_before, fact.not_after) if limit and limit.fact)
    return frozenset((*gathered, *limits))


def _given_by_others(world: World, content: Content) -> frozenset[str]:
    """What other cases hand over or report."""
    contents = world.of_organisation(content.organisation.id)
    orders = (order for one in contents for order in case_orders(one.workflow, one.rules))
    handed = (said.fact for order in orders for said in order.facts)
    told = (said.fact for one in contents for act in one.workflow.transitions for said in act.tells_parent)
    return frozenset((*handed, *told))


def _check_reminders(term: TermRule) -> Iterator[Finding]:
    for reminder in term.reminders:
        ahead = reminder.after or reminder.before_end
        if term.period is not None and ahead is not None and is_surely_longer(ahead, term.period):
            told = {"term": term.id, "ahead": str(ahead), "length": str(term.period)}
            yield fault("reminder_beyond_term", reminder.where or term.where, **told)
