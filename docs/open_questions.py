"""What is still open in a procedure: everything its files mark as an assumption, with its question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.core.content.organisation import Organisation
from engine.core.content.workflow import EntryPoint, Transition
from engine.core.dutch import join_words
from engine.core.evaluation.prepared import Content
from engine.definitions.files.places import Document
from engine.words.file_parts import part_at, say_part

Part = Mapping[str, object]
Path = tuple[str | int, ...]
_WITHOUT_QUESTION = "Klopt dit?"
"""What is asked of an assumption of which nobody wrote what is not known."""
_FOLDER = 3
"""So many folders stand before the name of what a dated template is of: `templates/letters/ORGANISATION/L-60/...`."""


def question_parts(content: Content, pages: Sequence[Document]) -> Iterator[str]:
    """The part of the guide with assumptions and who answers; `pages` are those the organisation can use."""
    yield "## Aannamen en open vragen\n"
    yield (
        f"Staat in de vraag wie antwoordt, dan is het die. Anders stelt {_who_decides(content.organisation)} het vast"
        f"{_consent(content)}.\n"
    )
    rows = dict.fromkeys(_rows(content, pages))
    if not rows:
        yield "Niets.\n"
        return
    lines = [("Onderdeel", "Wat is aangenomen", "Vraag", "Bron"), ("---",) * 4, *rows]
    yield "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _rows(content: Content, pages: Sequence[Document]) -> Iterator[tuple[str, ...]]:
    own = [page for page in pages if _is_of(page.path, content)]
    asked = set(_parameters(page.value for page in own))
    for number, page in enumerate(pages):
        is_own, above = page in own, pages[number + 1 :]
        for path, part in _marked(page.value, ()):
            if is_own or (_concerns(path, part, content, asked) and not _is_answered(path, above)):
                yield tuple(map(_cell, _row(path, part)))


def _row(path: Path, part: Part) -> tuple[str, ...]:
    label = next((str(part[key]) for key in ("label", "title", "name") if part.get(key)), "")
    value = f": {part['value']}" if "value" in part and "parameters" in path else ""
    sources = part.get("source") or []
    listed = "; ".join(map(str, sources if isinstance(sources, list) else [sources]))
    return say_part(part_at(path, part)), f"{label}{value}", str(part.get("note") or _WITHOUT_QUESTION), listed


def _is_of(path: str, content: Content) -> bool:
    """Whether a file is of this procedure: its rules, its workflow, its card, or a letter it can order."""
    kind, *rest = path.split("/")
    if kind == "templates":
        return rest[0] == "letters" and len(rest) > _FOLDER and rest[2] in content.letters
    named = {"rules": content.rules.id, "workflows": content.workflow.id}.get(kind)
    return len(rest) > 2 and rest[1] == named


def _concerns(path: Path, part: Part, content: Content, asked: set[str]) -> bool:
    """Whether what the organisation assumes of itself touches this procedure."""
    place, name = str(path[0]) if path else "", str(path[1]) if len(path) > 1 else ""
    if place == "parameters":
        return name in asked
    if place == "mandates":
        acts = part.get("acts")
        return isinstance(acts, list) and any(str(act).startswith(f"{content.workflow.id}.") for act in acts)
    return place == "bodies" and name in _bodies(content)


def _is_answered(path: Path, above: Sequence[Document]) -> bool:
    """Whether a higher layer says of itself what a lower one only assumed, or assumes it in words of its own."""
    place, name = path[:2]
    return any(
        name in part
        for page in above
        if page.path.endswith("organisation.yaml") and isinstance(page.value, Mapping)
        if isinstance(part := page.value.get(place), Mapping)
    )


def _bodies(content: Content) -> set[str]:
    workflow = content.workflow
    acts: tuple[Transition | EntryPoint, ...] = (*workflow.transitions, *workflow.entries)
    acting = {body for act in acts for body in act.by}
    return acting | {state.owner for state in workflow.states}


def _parameters(values: object) -> Iterator[str]:
    if isinstance(values, Mapping):
        if isinstance(named := values.get("parameter"), str):
            yield named
        for part in values.values():
            yield from _parameters(part)
    elif not isinstance(values, str) and hasattr(values, "__iter__"):
        for part in values:
            yield from _parameters(part)


def _marked(value: object, path: Path) -> Iterator[tuple[Path, Part]]:
    if isinstance(value, Mapping):
        if value.get("status") == "assumption":
            yield path, value
        for key, part in value.items():
            yield from _marked(part, (*path, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _marked(part, (*path, number))


def _who_decides(organisation: Organisation) -> str:
    bodies = [organisation.bodies[one].label for one in organisation.published_by if one in organisation.bodies]
    return join_words(bodies) or organisation.title


def _consent(content: Content) -> str:
    known = content.organisation.bodies
    councils = [one.consent_of for one in content.organisation.sectors.values() if content.rules.is_for(one.id)]
    labels = [known[one].label if one in known else one for one in councils]
    return f", met instemming van {join_words(labels)}" if labels and content.organisation.needs_consent else ""


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split()) or " "
