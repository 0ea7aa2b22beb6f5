"""Deciding: a question and a command give a step to write, or a refusal with its reasons."""
