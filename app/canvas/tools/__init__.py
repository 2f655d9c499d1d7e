"""Tools of the canvas: region, brush, lasso, move, and the keys and pointer that drive them."""
