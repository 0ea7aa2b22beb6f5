"""The language that content is written in: facts and their values, conditions, orders. Shapes only."""
