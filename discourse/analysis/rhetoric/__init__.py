"""Rhetoric markers: what a passage does, found by words, forms and rules."""
