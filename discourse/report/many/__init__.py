"""All threads of a dump on one page."""
