"""Names, types and layers: what must hold of content before anything is decided by it."""
