"""Trede: a rules-engine-driven case system for a regional body that finds every child a school place."""

__version__ = "0.1.0"
