"""Head and foot of a report: what it is about in a few sentences, and how it was made."""
