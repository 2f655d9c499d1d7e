"""Algorithm 2 of the paper: a request becomes tokens, patch by patch, and tokens become pixels."""
