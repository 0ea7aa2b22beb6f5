"""Every sentence that a person reads from the program, by code."""
