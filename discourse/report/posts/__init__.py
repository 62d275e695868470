"""All posts, with their marks, filters and reasons."""
