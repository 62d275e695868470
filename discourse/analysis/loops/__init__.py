"""Claims in dispute, and the loops in which two sides assert them at each other again."""
