"""The events of a YAML text: quickly where nothing about it is special, else from the parser that tells more.

Both give the same events of a text without anything special in it, and libyaml does so a dozen times faster; reading
is most of what the first look at content costs. Who finds a mistake reads again with the careful parser: it knows
YAML 1.2 to the letter, and its words and places are those that messages are made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

# Line ends of YAML 1.1 alone, marks of byte order, what no text may hold, directives, several documents, a remark
# against the mark of a block: here the two differ.
_SPECIAL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|^(%|---|\.\.\.)|[|>][-+0-9]*#", re.MULTILINE
)


class NotQuickError(Exception):
    """Inside this room only: the text has something about which the careful parser must be asked."""


def careful_events(text: str) -> Iterator[Event]:
    """The events of YAML 1.2. Raises YAMLError with the place and the reason."""
    # Only the events are used: resolving and comments would cost twice the time and are not needed.
    events: Iterator[Event] = YAML(typ="safe", pure=True).parse(text)
    return events


def quick_events(text: str) -> Iterator[Event]:
    """The same events. Raises NotQuickError for whatever is special or wrong, also half-way, and without libyaml."""
    if _SPECIAL.search(text):
        raise NotQuickError
    import yaml  # not for a text that needs care

    if not yaml.__with_libyaml__:
        raise NotQuickError
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            yield from _alike(event)
    except yaml.YAMLError as error:
        raise NotQuickError from error


def _alike(event: object) -> Iterator[Event]:
    """The event of libyaml as the other parser gives it; none for the begin and end of the text."""
    import yaml

    if (isinstance(event, yaml.NodeEvent) and event.anchor is not None) or getattr(event, "tag", None) is not None:
        raise NotQuickError  # refused, in words that name it
    if isinstance(event, yaml.ScalarEvent):
        plain = event.style or None
        yield ScalarEvent(None, None, event.implicit, event.value, event.start_mark, event.end_mark, style=plain)
    elif isinstance(event, yaml.MappingStartEvent):
        yield MappingStartEvent(
            None, None, event.implicit, event.start_mark, event.end_mark, flow_style=event.flow_style
        )
    elif isinstance(event, yaml.SequenceStartEvent):
        yield SequenceStartEvent(
            None, None, event.implicit, event.start_mark, event.end_mark, flow_style=event.flow_style
        )
    elif isinstance(event, yaml.MappingEndEvent):
        yield MappingEndEvent(event.start_mark, event.end_mark)
    elif isinstance(event, yaml.SequenceEndEvent):
        yield SequenceEndEvent(event.start_mark, event.end_mark)
    elif isinstance(event, yaml.DocumentStartEvent):
        yield DocumentStartEvent(event.start_mark, event.end_mark)
    elif isinstance(event, yaml.DocumentEndEvent):
        yield DocumentEndEvent(event.start_mark, event.end_mark)
    elif isinstance(event, yaml.AliasEvent):
        raise NotQuickError
