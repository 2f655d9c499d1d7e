"""The paper's plan of a painting: which patch is painted when, and what each one reads. Free of torch."""
