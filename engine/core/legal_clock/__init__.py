"""The legal clock: lengths, calendar, ledger, and from them the last day of a term, told step by step."""
