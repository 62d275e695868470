"""Labelled data out and in: one file or package a format, with both ways beside each other."""
