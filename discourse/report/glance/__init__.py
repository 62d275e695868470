"""The thread at a glance: every post in order, who answers whom, when."""
