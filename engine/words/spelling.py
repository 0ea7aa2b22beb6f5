"""The nearest right spelling of a name somebody mistyped."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one; empty when none is near."""
    from difflib import get_close_matches  # slow to import, and hardly anybody mistypes

    found = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def suggest(word: str, known: Iterable[str], *, kind: str = "", otherwise: str = "") -> str:
    """The next step after an unknown word: "Bedoelt u x?", or the list of what is possible when it is short."""
    names = sorted(known)
    near = nearest(word, names)
    if near:
        return f'Bedoelt u "{near}"?'
    if names and len(names) <= 12:
        return f"{kind or 'Mogelijk'}: {', '.join(names)}."
    return otherwise or "Verbeter de naam."
