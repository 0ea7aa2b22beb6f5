"""Inputs that nobody should give, by the hundred."""
