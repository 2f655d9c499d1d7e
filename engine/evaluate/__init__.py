"""Metrics of section 5 of the paper on held-out pictures, each called by the name of what it measures."""
