"""The command line: words typed, pages read."""

from engine.cli.dutch_click import translate

# Click asks for some words while a command is being made (the sort of a value), so Dutch must stand before the first.
translate()
