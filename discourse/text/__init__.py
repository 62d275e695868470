"""Text work that keeps offsets: one pass, shared by all stages."""
