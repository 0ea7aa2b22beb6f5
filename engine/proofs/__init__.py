"""Static verification of content: what can be known to be wrong before any case is opened."""
