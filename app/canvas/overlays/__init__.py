"""Overlays drawn over the picture: grid, plan, rulers, minimap and the outline of the region."""
