"""What can be done with a case, what cannot, what is missing and who can supply it; and why a rule concluded something.

The overview says each thing once and shortly; a named transition is told with its whole reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from engine.cli.pages.reason_words import tell_reason
from engine.cli.pages.wording import ContentWords
from engine.core.deciding.step import Blocker, BlockerKind
from engine.core.deciding.waiting import most_pressing, waits_for
from engine.core.deciding.why import Possibility
from engine.core.dutch import join_words, write_day, write_moment
from engine.core.evaluation.reasons import Reason
from engine.core.moment import local_day
from engine.words.of_waiting import say_bodies, say_pressing, say_what

if TYPE_CHECKING:
    from engine.core.deciding.case import Case
    from engine.core.deciding.situation import Situation
    from engine.usecases.explain_case import Explanation


def page_of(answer: Explanation, subject: str, *, in_full: bool) -> list[str]:
    """What was asked: a fact that is concluded, a fact that people supply, a transition, or (empty) the whole case."""
    if answer.reason is not None:
        return fact_page(answer, subject)
    if subject and not answer.possibilities:
        return given_fact_page(answer, subject)
    return transition_page(answer) if subject else why_page(answer, in_full=in_full)


def _words(situation: Situation) -> ContentWords:
    return ContentWords(situation.content, situation.question.people.names)


def why_page(answer: Explanation, *, in_full: bool = False) -> list[str]:
    """The overview of a case: what is open first, then what is when something is said with it, then what is not yet.

    Every missing fact is told once, at the end.

    `in_full` tells the whole reason of everything that is not open.
    """
    situation = answer.situation
    words, case = _words(situation), situation.case
    if case.is_closed:
        return [f"{_standing(words, case)}.", "De zaak is gesloten; er kan niets meer mee."]
    by_hand = [item for item in answer.possibilities if not item.is_automatic]
    role = situation.actor.role if situation.actor.is_person else ""
    tell = _whole if in_full else _short
    asking = [item for item in by_hand if _only_asks(item)]
    blocked = [item for item in by_hand if not item.is_open and item not in asking]
    lines = [_verdict(words, answer)]
    lines += _section("Dit kan nu", (line for item in by_hand if item.is_open for line in _head(words, item, role)))
    for title, items in (("Dit kan, met deze gegevens erbij", asking), ("Dit kan nog niet", blocked)):
        lines += _section(title, [line for item in items for line in ("", *tell(words, item, role))][1:])
    lines += _section("Wat ontbreekt, en wie het kan leveren", _missing(words, by_hand, with_choices=in_full))
    lines += _section(
        "Dit gaat vanzelf", (_automatic(words, item) for item in answer.possibilities if item.is_automatic)
    )
    if (blocked or asking) and not in_full:
        lines += ["", f"Waarom precies: trede case why {case.id} OVERGANG (of --all)"]
    return lines


def _standing(words: ContentWords, case: Case) -> str:
    return (
        f"{case.id} staat sinds {write_day(local_day(case.entered_at))} in '{words.state(case.state)}' ({case.state})"
    )


def _verdict(words: ContentWords, answer: Explanation) -> str:
    """One sentence: where it stands since when, on whom it waits and for what, and how late or by when."""
    situation, content = answer.situation, answer.situation.content
    pressing = most_pressing(situation)
    waits = waits_for(situation, answer.possibilities, (pressing.clock.term,) if pressing and pressing.is_late else ())
    when = say_pressing(content, pressing, local_day(situation.question.moment)) if pressing else ""
    on_whom = f"wacht op {say_bodies(content, waits)}: {say_what(content, waits)}"
    return f"{_standing(words, situation.case)} en {on_whom}{f'; {when}' if when else ''}."


def transition_page(answer: Explanation) -> list[str]:
    """One transition of a case with its whole reason, and the choices of the facts it misses."""
    situation = answer.situation
    words, case = _words(situation), situation.case
    role = situation.actor.role if situation.actor.is_person else ""
    lines = [f"{_standing(words, case)}."]
    for item in answer.possibilities:
        lines += ["", *_whole(words, item, role)]
        lines += _section("Wat ontbreekt, en wie het kan leveren", _missing(words, [item], with_choices=True))
    return lines


def fact_page(answer: Explanation, fact: str) -> list[str]:
    """Why a concluded fact has its value, and what would settle it when it has none."""
    words, situation = _words(answer.situation), answer.situation
    assert answer.reason is not None
    known = situation.lookup(fact)
    value = "nog onbekend" if known is None else words.value(fact, known)
    lines = [f"{words.fact(fact)} ({fact}): {value}", *tell_reason(words, answer.reason, 1)]
    rules_by_fact = situation.content.rules.facts
    for name in situation.missing_facts((fact,)) if known is None else ():
        rule = rules_by_fact.get(name)
        if rule is not None:
            asked = Blocker(
                kind=BlockerKind.MISSING_FACT, subject=name, detail=rule.question, supplied_by=rule.supplied_by
            )
            lines.append(f"  ontbreekt: {words.missing(asked)}")
    return lines


def given_fact_page(answer: Explanation, fact: str) -> list[str]:
    """Who said so, or who can say so: a fact that no rule concludes."""
    words, situation = _words(answer.situation), answer.situation
    known, rule = situation.case.facts.get(fact), situation.content.rules.facts[fact]
    if known is not None:
        said = f"gezet door {known.by}, {write_moment(known.at)}"
        return [f"{words.fact(fact)} ({fact}): {words.value(fact, known.value)}", f"  {said}"]
    value = situation.lookup(fact)
    lines = [f"{words.fact(fact)} ({fact}): {'nog onbekend' if value is None else words.value(fact, value)}"]
    if value is None and rule.supplied_by:
        lines.append(f"  {rule.question} Te leveren door {words.bodies(rule.supplied_by)}.{words.choices_of(fact)}")
    return lines


def why_plain(answer: Explanation, subject: str) -> Mapping[str, object]:
    """The same for a program."""
    situation = answer.situation
    is_fact = bool(subject) and not answer.possibilities
    return {
        "case": situation.case.id,
        "state": situation.case.state,
        "possibilities": answer.possibilities,
        "fact": subject if is_fact else "",
        "value": situation.lookup(subject) if is_fact else None,
        "reason": answer.reason,
    }


def _only_asks(item: Possibility) -> bool:
    """Whether nothing stands in the way but facts to give; a condition that hangs on them is no other obstacle."""
    found = [one for one in item.blockers if one.reason is None or one.reason.truth is not None]
    return bool(found) and all(map(_is_to_be_said, found))


def _is_to_be_said(blocker: Blocker) -> bool:
    """A fact to give, or which of several records is meant."""
    return blocker.kind is BlockerKind.MISSING_FACT or (
        blocker.kind is BlockerKind.WHICH_RECORD and bool(blocker.supplied_by)
    )


def _section(title: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return ["", title, *found] if found else []


def _head(words: ContentWords, item: Possibility, role: str) -> list[str]:
    """The line to type, what it does, and who may."""
    lines = [f"  {item.transition} — {item.label} → {_targets(words, item)}"]
    who = f"door {join_words(list(item.by), 'of')}"
    if role and not item.may_act:
        who += f" (niet door {role})"
    return [*lines, f"      {who}" + ("; met een reden (--reason)" if item.reason_required else "")]


def _short(words: ContentWords, item: Possibility, role: str) -> list[str]:
    lines = _head(words, item, role)
    reasons = (one.reason for one in item.blockers if one.reason is not None and not _waits_for_act(item, one.reason))
    lines += [line for one in reasons for line in tell_reason(words, one, 3, levels=2 if one.truth is False else 1)]
    lines += [f"      {line.strip()}" for blocker in _others(item) for line in words.blocker(blocker)]
    names = [blocker.subject for blocker in item.blockers if blocker.kind is BlockerKind.MISSING_FACT]
    return [*lines, f"      ontbreekt: {', '.join(names)}"] if names else lines


def _waits_for_act(item: Possibility, reason: Reason) -> bool:
    """Whether a condition is only unknown because the act has not said yet what it asks: that is told as missing."""
    missing = reason.missing_facts()
    return reason.truth is None and bool(missing) and set(missing) <= set(item.asks)


def _whole(words: ContentWords, item: Possibility, role: str) -> list[str]:
    lines = _head(words, item, role)
    if item.is_automatic:
        lines = [_automatic(words, item)]
    if not item.is_automatic and (more := _more_to_say(item)):
        lines.append(f"      mee te geven: {', '.join(more)}")
    if item.is_open:
        return [*lines, "      dit kan nu"] if not item.is_automatic else lines
    reasons = (blocker.reason for blocker in item.blockers if blocker.reason is not None)
    told: set[str] = set()
    lines += [line for reason in reasons for line in tell_reason(words, reason, 3, told=told)]
    return [*lines, *(f"      {line.strip()}" for blocker in _others(item) for line in words.blocker(blocker))]


def _more_to_say(item: Possibility) -> list[str]:
    """What may be said with the act besides what is missing: what is known already can be said anew, or added to."""
    missing = {blocker.subject for blocker in item.blockers if blocker.kind is BlockerKind.MISSING_FACT}
    return [fact for fact in dict.fromkeys(item.asks) if fact not in missing]


def _others(item: Possibility) -> Iterator[Blocker]:
    """Blockers that are neither a condition nor a missing fact."""
    return (b for b in item.blockers if b.reason is None and b.kind is not BlockerKind.MISSING_FACT)


def _missing(words: ContentWords, items: Iterable[Possibility], *, with_choices: bool) -> list[str]:
    found = {b.subject: b for item in items for b in item.blockers if b.kind is BlockerKind.MISSING_FACT}
    choices = words.choices_of if with_choices else lambda _: ""
    return [f"  {words.missing(blocker)}{choices(blocker.subject)}" for blocker in found.values()]


def _targets(words: ContentWords, item: Possibility) -> str:
    return join_words([f"'{words.state(state)}'" for state in item.targets], "of")


def _automatic(words: ContentWords, item: Possibility) -> str:
    when = f", als '{words.content.term(item.on_term).label}' verloopt" if item.on_term else ""
    return f"  {item.transition} — {item.label} → {_targets(words, item)}{when}"
