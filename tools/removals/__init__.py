"""Takes one thing of the content away at a time, or turns it round, and asks whether anybody notices."""
