"""Pages copied as text: the layout is inferred from the page at hand."""
