"""From YAML to the values of the core; unknown keys are refused, with file, line and column."""
