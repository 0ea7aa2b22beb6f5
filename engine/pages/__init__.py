"""Pages for those who do not use a terminal: the card of a case, and the pages of a body or the director."""
