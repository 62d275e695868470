"""Dumps of many threads: shuffled by thread, analysed in parts, summed up and asked."""
