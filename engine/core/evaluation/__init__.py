"""Evaluation: conditions and expressions to truth in three values, explained or compiled; rules to findings."""
