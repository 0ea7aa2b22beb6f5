"""Whole HTML pages from the templates beside this file: nothing remote in them, and every value escaped."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.core.dutch import write_day, write_moment
from engine.letters.blocks import Block
from engine.letters.page import write_block

if TYPE_CHECKING:
    from jinja2 import Environment


def write_markup(template: str, **values: object) -> str:
    """The page of this template. What a value holds is text and never markup, except the blocks of a text."""
    return _environment().get_template(template).render(**values)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def as_html(blocks: Iterable[Block]) -> Markup:
        return Markup("".join(map(write_block, blocks)))  # each of them escaped its values

    made = Environment(
        loader=PackageLoader("engine.pages", "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"blocks": as_html, "day": write_day, "moment": write_moment, "style": Markup}
    return made
