"""The figures of the specification, section 5, measured on held-out pictures; none is called by another's name."""
