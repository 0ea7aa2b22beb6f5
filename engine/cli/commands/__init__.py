"""One module for each command: words typed to a command value, and to the page that shows the outcome."""
