"""The version of the tables this program works with."""

SCHEMA_VERSION = "0003"
"""The newest migration: four digits. A database of another version is not opened."""
