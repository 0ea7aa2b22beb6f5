"""The picture of a workflow as a Mermaid state diagram, drawn from the machine that moves its cases.

Mermaid, because the sites that keep text like this show it as a picture, and a difference between two versions can
be read as text. An act of a person is a plain arrow; what the engine does by itself says what it waits for.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.workflow import State, Transition
from engine.core.evaluation.prepared import Content

_OUTSIDE = "[*]"


def draw_workflow(content: Content, *, only_moves: bool = False) -> str:
    """The whole diagram, ending in a line break; states and arrows in the order of the workflow.

    With `only_moves` the acts by which a case stays where it is are left out, and each arrow stands once.
    """
    lines = _lines(content, only_moves)
    return "\n".join(dict.fromkeys(lines) if only_moves else lines) + "\n"


def _lines(content: Content, only_moves: bool) -> Iterator[str]:
    yield "stateDiagram-v2"
    for state in content.workflow.states:
        yield f'  state "{_plain(_title(content, state))}" as {state.id}'
    for source, target, transition in content.machine.moves():
        if transition is None:
            yield f"  {_OUTSIDE} --> {target}"
        elif source != target or not only_moves:
            yield f"  {source} --> {target}: {_plain(_arrow(content, transition))}"
    for state in content.workflow.states:
        if state.is_end:
            yield f"  {state.id} --> {_OUTSIDE}"


def _title(content: Content, state: State) -> str:
    owner = content.organisation.bodies.get(state.owner)
    return f"{state.label} ({owner.label})" if owner else state.label


def _arrow(content: Content, transition: Transition) -> str:
    if transition.on_term:
        return f"{transition.label} [{content.term(transition.on_term).label}]"
    return f"{transition.label} [vanzelf]" if transition.automatic else transition.label


def _plain(words: str) -> str:
    """Words that Mermaid takes as they are: a colon, a quote or a semicolon would end them."""
    return words.replace('"', "'").replace(":", " -").replace(";", ",")
