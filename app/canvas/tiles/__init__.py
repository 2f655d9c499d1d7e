"""Tiles of the canvas: loading, mip levels, layers blended into screen pixels, and what to redraw."""
