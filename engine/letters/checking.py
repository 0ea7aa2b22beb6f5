"""What is wrong with a letter text before anything is sent: its fields, its clause and its language.

All checks read the text with every branch of an `if` in it. What blocks are mistakes in fields and legal parts;
what does not is language, because the measures for plain words are rules of thumb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.core.content.template import LetterField, LetterTemplate
from engine.core.errors import LetterError
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, fault
from engine.core.language.conditions import facts_in_expression
from engine.core.language.facts import term_fact
from engine.letters.language import STANDARD_FIELDS, Use, names_used, place_in, sources_of
from engine.letters.letter_rules import LetterRules
from engine.letters.plain_words import find_hard_words

_SENDER = re.compile(r"\bafzender\.([a-z_]+)")  # what language.py gives every text as its sender


def check_letter(template: LetterTemplate, rules: LetterRules) -> tuple[Finding, ...]:
    """All that is wrong with one letter, its fields first. A text that cannot be read gives that one finding."""
    measure = rules.levels.get(template.level)
    try:
        uses = names_used(template)
        hard = find_hard_words(template, measure, rules.known_abbreviations) if measure else ()
    except LetterError as wrong:
        reason, where = f"{wrong.what} {wrong.why}".strip(), wrong.where or template.where
        return (fault("unreadable_letter", where, letter=template.id, reason=reason, next_step=wrong.next_step),)
    used = {use.name for use in uses}
    return (
        *_undeclared(template, uses),
        *_unused(template, used),
        *_missing_by_law(template, rules, used),
        *_clause_faults(template, rules, used),
        *hard,
    )


def check_sender(content: Content) -> Iterator[Finding]:
    """Every line of the sender that a letter of this organisation shows is there: an inherited letter asks its own."""
    texts = (text for template in content.letters.values() for text in sources_of(template).values())
    shown = {name for text in texts for name in _SENDER.findall(text)}
    for missing in sorted(shown - content.organisation.letterhead.keys()):
        told = {"organisation": content.organisation.id, "missing": missing}
        yield fault("sender_line_missing", content.organisation.where, **told)


def _undeclared(template: LetterTemplate, uses: tuple[Use, ...]) -> Iterator[Finding]:
    known = {field.name for field in template.fields} | STANDARD_FIELDS
    for use in uses:
        if use.name not in known:
            known = known | {use.name}
            where = place_in(template, use.source, use.line)
            yield fault("undeclared_field", where, letter=template.id, field=use.name)


def _unused(template: LetterTemplate, used: set[str]) -> Iterator[Finding]:
    for field in template.fields:
        where = field.where or template.where
        if field.name in STANDARD_FIELDS:
            yield fault("standard_field", where, letter=template.id, field=field.name)
        elif field.name not in used:
            yield fault("unused_field", where, letter=template.id, field=field.name)


def _missing_by_law(template: LetterTemplate, rules: LetterRules, used: set[str]) -> Iterator[Finding]:
    for name in rules.must_show.get(template.id, ()):
        if name not in used:
            yield fault("field_not_shown", template.where, letter=template.id, field=name, rules=rules.where)


def _clause_faults(template: LetterTemplate, rules: LetterRules, used: set[str]) -> Iterator[Finding]:
    clause = rules.clauses.get(template.clause)
    if clause is None:
        return
    told = {"letter": template.id, "clause": template.clause, "partials": clause.partials}
    if not {name for name, _ in template.partials} & set(clause.partials):
        yield fault("no_clause_text", template.where, **told)
    if clause.shows_last_day and not any(_is_last_day(field) for field in template.fields if field.name in used):
        yield fault("no_last_day_shown", template.where, **told)


def _is_last_day(field: LetterField) -> bool:
    terms = (term_fact(fact) for fact in facts_in_expression(field.value))
    return any(term is not None and term[1] == "last_day" for term in terms)
