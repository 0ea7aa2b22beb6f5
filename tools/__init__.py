"""Programs for those who work on the engine; no part of what is installed."""
