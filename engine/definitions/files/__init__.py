"""Content as files: where they lie, their versions and digests, and the compiled copy of what was read."""
