"""One module for each command: words typed to a command value, and to the page that shows the outcome."""

from engine.cli.dutch_click import translate

# Click asks for some words while a command is being made (the sort of a value), so Dutch must stand before the first.
translate()
