"""A rehearsal: scripts and stories played with the use cases themselves, and held against what people expect."""
