"""From bytes to sources, posts, articles and marked quotes."""
