"""Questions to a finished run: counts by what is asked for, or a query of the user's own; read-only."""
