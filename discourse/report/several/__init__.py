"""Several sources side by side, and what recurs in them."""
