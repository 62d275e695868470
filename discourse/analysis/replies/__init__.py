"""Who answers whom: candidates for each post, what decides among them, the best link."""
