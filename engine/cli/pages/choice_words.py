"""What was typed for something that stands in a register: which of its names look like it, and where the list is."""

from __future__ import annotations

from difflib import get_close_matches

from engine.core.content.organisation import Organisation
from engine.core.language.names import plain_name

_SHOWN = 5
_LISTS = {"bodies": "roles"}
"""How `trede list` calls a register, where that is otherwise."""


def told_of_register(organisation: Organisation, register: str, typed: str) -> str:
    """A sentence to put behind what is wrong: a school or board is typed by its number, and known by its name."""
    names = {one: organisation.name_in(register, one) for one in organisation.register(register)}
    like = ", ".join(f"{one} ({names[one]})" for one in _like(names, typed)[:_SHOWN])
    where = f" Alle nummers: `trede list {_LISTS.get(register, register)}`."
    return (f" Bedoelde u {like}?" if like else "") + where


def _like(names: dict[str, str], typed: str) -> list[str]:
    """The ids whose name holds every word that was typed; else those that look like it, by name or by id."""
    words = plain_name(typed).split()
    plain = {one: plain_name(name) for one, name in names.items()}
    found = [one for one, name in plain.items() if words and all(word in name for word in words)]
    by_name = {name: one for one, name in plain.items()}
    near = get_close_matches(plain_name(typed), by_name, n=_SHOWN)
    return found or [*(by_name[name] for name in near), *get_close_matches(typed, list(names), n=1)]
