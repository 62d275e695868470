"""People's decisions in the machine's place: pages put right before the analysis, labels after each stage."""

from discourse.labels.overruling.overruling import Overruling, Review, read_reviews, review_for

__all__ = ["Overruling", "Review", "read_reviews", "review_for"]
