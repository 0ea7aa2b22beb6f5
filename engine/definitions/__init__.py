"""Reads content into core objects: files to values, values to rules, workflows, letters."""
