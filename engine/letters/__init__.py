"""Letters: filled in from a template, checked, made into HTML and PDF, and handed over once."""
