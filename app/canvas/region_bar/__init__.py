"""The bar below a region: prompt, settings and the button that paints."""
