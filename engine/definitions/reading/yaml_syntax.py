"""By what a text that is no YAML is known: by the words of the parser, and one mistake of which it tells little."""

from __future__ import annotations

import re

# 's Ochtends, 't Hof, 'n keer: a sign that belongs to the word opens a quotation for YAML.
APOSTROPHE = re.compile(r"(?m)(?:[:,\[{-][ ]+|^[ ]*)('[A-Za-z]{1,2})(?=[ ])(?![^'\n]*'[ ]*(?:[,}\]#]|$))")

SYNTAX = (
    ("mapping values are not allowed", "yaml_two_colons"),
    ("quoted scalar", "yaml_open_quote"),
    ("flow mapping", "yaml_open_brace"),
    ("flow sequence", "yaml_open_bracket"),
    ("could not find expected ':'", "yaml_no_colon"),
    ("cannot start any token", "yaml_odd_start"),
    ("block mapping", "yaml_indent"),
    ("block collection", "yaml_indent"),
    ("duplicate anchor", "yaml_anchors"),
    ("undefined alias", "yaml_aliases"),
    ("special characters", "yaml_control"),
)
"""A part of what the parser says, and the code by which it is told."""
