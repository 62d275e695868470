"""Charts of a page as inline SVG, written by hand: a page is drawn without loading a plotting library."""
