"""Posts with their labels and reasons as lines of a terminal."""
