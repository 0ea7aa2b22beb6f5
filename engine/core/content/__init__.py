"""Content as values: rule set, workflow, ladder, organisation and letters, as their authors meant them."""
