"""The line of a command: a case is opened, asked about, decided on, and what was decided is kept."""
