"""What to label next: a part at random, for honest figures, and a part where a label teaches most."""

from discourse.labels.sampling.ids import read_post_ids

__all__ = ["read_post_ids"]
