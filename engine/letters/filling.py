"""A letter text with its fields filled in: Markdown in which every value is a token (see `protection`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.core.content.template import LetterTemplate
from engine.core.errors import LetterError
from engine.core.language.facts import Value
from engine.core.quick_class import dataclass
from engine.letters.language import (
    BODY,
    SIGNATORY_FIELD,
    STANDARD_FIELDS,
    Use,
    bare_environment,
    names_used,
    place_in,
    sources_of,
)
from engine.letters.protection import Protected, protect
from engine.letters.wording import write_value

if TYPE_CHECKING:
    from types import TracebackType

    from jinja2 import Template

Values = Mapping[str, "Value | Mapping[str, str] | None"]


def fill(template: LetterTemplate, values: Values) -> str:
    """The Markdown of the letter. `values` holds the fields by name; the standard fields belong to it.

    An optional field that is unknown is empty: the text may ask for it with `if`, but not print it. Raises
    LetterError, with the letter, the field and the line, when a field is missing or cannot be written so.
    """
    known = {**{field.name: None for field in template.fields if field.is_optional}, **values}
    prepared = _prepared(template)
    for use in prepared.uses:
        if use.name not in known:
            raise _missing_field(template, use)
    try:
        return str(prepared.text.render(known))
    except LetterError as wrong:
        raise _placed(template, wrong, str(wrong.what)) from wrong
    except Exception as wrong:  # a filter was given a value it cannot write
        raise _placed(template, wrong, f"Een veld van brief {template.id} kan niet worden ingevuld: {wrong}") from wrong


def signs_itself(template: LetterTemplate) -> bool:
    """Whether the text names the signatory, so that the look must not do it a second time."""
    return any(use.name == SIGNATORY_FIELD for use in _prepared(template).uses)


@dataclass(frozen=True, slots=True)
class _Prepared:
    text: Template
    uses: tuple[Use, ...]


def _prepared(template: LetterTemplate) -> _Prepared:
    # The expressions of the fields play no part here, and need not be hashable.
    return _prepare(replace(template, fields=()))


@lru_cache(maxsize=256)
def _prepare(template: LetterTemplate) -> _Prepared:
    """Read, checked and compiled once for each version of a template."""
    from jinja2 import FunctionLoader

    uses = names_used(template)
    sources = sources_of(template)
    environment = bare_environment().overlay(
        finalize=_write, loader=FunctionLoader(lambda name: (sources[name], _file_name(name), None))
    )
    return _Prepared(environment.get_template(BODY), uses)


def _write(value: object) -> str:
    """What the sandbox calls for everything it prints."""
    if isinstance(value, Protected):
        return value
    if value is None:
        raise LetterError("Een veld zonder waarde kan niet worden afgedrukt; vraag er eerst naar met 'if'.")
    return protect(write_value(value))  # type: ignore[arg-type]


def _file_name(source: str) -> str:
    return f"<brief:{source}>"


def _missing_field(template: LetterTemplate, use: Use) -> LetterError:
    declared = use.name in {field.name for field in template.fields} | STANDARD_FIELDS
    step = (
        "Vraag het gegeven op en leg het vast, of maak het veld 'optional' in de kop van de brief."
        if declared
        else "Verklaar het veld in de kop van de brief onder 'fields'."
    )
    return LetterError(
        f"Brief {template.id} kan niet worden gemaakt: veld '{use.name}' heeft geen waarde.",
        where=place_in(template, use.source, use.line),
        why="Een brief gaat nooit weg met een leeg veld.",
        next_step=step,
    )


def _placed(template: LetterTemplate, wrong: BaseException, what: str) -> LetterError:
    source, line = _line_of(wrong.__traceback__)
    return LetterError(
        what,
        where=place_in(template, source, line),
        next_step="Verbeter de brieftekst of het gegeven en draai daarna `trede rules check`.",
    )


def _line_of(trace: TracebackType | None) -> tuple[str, int]:
    """The deepest line of a letter text in a traceback that Jinja2 rewrote to lines of its templates."""
    found = (BODY, 1)
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith("<brief:"):
            found = (name[len("<brief:") : -1], trace.tb_lineno)
        trace = trace.tb_next
    return found
