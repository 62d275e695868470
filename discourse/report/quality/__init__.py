"""How sure all this is: what to check by eye, what was measured."""
