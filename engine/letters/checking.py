"""What is wrong with a letter text before anything is sent: its fields, its clause and its language.

All checks read the text with every branch of an `if` in it. What blocks are mistakes in fields and legal parts;
what does not is language, because the measures for plain words are rules of thumb.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.template import LetterField, LetterTemplate
from engine.core.errors import LetterError
from engine.core.language.conditions import facts_in_expression
from engine.core.language.facts import term_fact
from engine.core.quick_class import dataclass
from engine.letters.language import STANDARD_FIELDS, Use, names_used, place_in
from engine.letters.letter_rules import LetterRules
from engine.letters.plain_words import find_language_problems


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterProblem:
    """One thing wrong with a letter. `is_blocking`: the version may not be published with it."""

    letter: str
    what: str
    where: str
    next_step: str = ""
    is_blocking: bool = True


def check_letter(template: LetterTemplate, rules: LetterRules) -> tuple[LetterProblem, ...]:
    """All problems of one letter, those of its fields first. A text that cannot be read gives that one problem."""
    try:
        uses = names_used(template)
    except LetterError as wrong:
        why = f"{wrong.what} {wrong.why}".strip()
        return (LetterProblem(letter=template.id, what=why, where=wrong.where, next_step=wrong.next_step),)
    used = {use.name for use in uses}
    return (
        *_undeclared(template, uses),
        *_unused(template, used),
        *_missing_by_law(template, rules, used),
        *_clause_problems(template, rules, used),
        *_in_plain_words(template, rules),
    )


def _undeclared(template: LetterTemplate, uses: tuple[Use, ...]) -> Iterator[LetterProblem]:
    declared = {field.name for field in template.fields} | STANDARD_FIELDS
    seen: set[str] = set()
    for use in uses:
        if use.name not in declared | seen:
            seen.add(use.name)
            yield LetterProblem(
                letter=template.id,
                what=f"Het veld '{use.name}' staat in de tekst, maar niet in de kop van de brief.",
                where=place_in(template, use.source, use.line),
                next_step="Verklaar het onder 'fields', of verbeter de naam.",
            )


def _unused(template: LetterTemplate, used: set[str]) -> Iterator[LetterProblem]:
    for field in template.fields:
        if field.name in STANDARD_FIELDS:
            yield LetterProblem(
                letter=template.id,
                what=f"Het veld '{field.name}' bestaat al voor iedere brief.",
                where=field.where or template.where,
                next_step="Haal het uit de kop, of geef het een andere naam.",
            )
        elif field.name not in used:
            yield LetterProblem(
                letter=template.id,
                what=f"Het veld '{field.name}' staat in de kop, maar de tekst toont het niet.",
                where=field.where or template.where,
                next_step="Zet het in de tekst, of haal het uit de kop.",
            )


def _missing_by_law(template: LetterTemplate, rules: LetterRules, used: set[str]) -> Iterator[LetterProblem]:
    for name in rules.must_show.get(template.id, ()):
        if name not in used:
            yield LetterProblem(
                letter=template.id,
                what=f"De brief moet '{name}' tonen, maar doet dat niet.",
                where=template.where,
                next_step=f"Zet het veld in de tekst; de eis staat in {rules.where}.",
            )


def _clause_problems(template: LetterTemplate, rules: LetterRules, used: set[str]) -> Iterator[LetterProblem]:
    clause = rules.clauses.get(template.clause)
    if clause is None:
        return
    names = {name for name, _ in template.partials}
    if not names & set(clause.partials):
        yield LetterProblem(
            letter=template.id,
            what=f"De brief heeft 'clause: {template.clause}', maar het vaste tekstblok ontbreekt.",
            where=template.where,
            next_step=f"Neem een van deze tekstblokken op: {', '.join(clause.partials)}.",
        )
    if clause.shows_last_day and not any(_is_last_day(field) for field in template.fields if field.name in used):
        yield LetterProblem(
            letter=template.id,
            what="De brief toont geen uiterste dag die uit een termijn is berekend.",
            where=template.where,
            next_step="Verklaar een veld met {term: ...} en toon het met het filter 'datum'.",
        )


def _is_last_day(field: LetterField) -> bool:
    terms = (term_fact(fact) for fact in facts_in_expression(field.value))
    return any(term is not None and term[1] == "last_day" for term in terms)


def _in_plain_words(template: LetterTemplate, rules: LetterRules) -> Iterator[LetterProblem]:
    measure = rules.levels.get(template.level)
    if measure is None:
        return
    for problem in find_language_problems(template, measure, rules.known_abbreviations):
        yield LetterProblem(
            letter=template.id,
            what=problem.what,
            where=template.where,
            next_step=problem.next_step,
            is_blocking=False,
        )
