"""By what means: markers with rates and examples, and what sets the sides apart."""
