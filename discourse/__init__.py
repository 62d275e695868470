"""Forensics for comment threads: posts, replies, quotations, stance, rhetoric and argument loops."""

__version__ = "0.1.0"
