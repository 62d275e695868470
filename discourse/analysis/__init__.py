"""Analysers: tables of whole threads in, new rows out."""
