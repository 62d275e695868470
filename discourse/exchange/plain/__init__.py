"""Tables that any program reads: CSV, JSON lines and Parquet; the first two come back."""
