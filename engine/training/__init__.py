"""Algorithm 1 and what surrounds it: tokenizer and decoder training, runs that resume, recipes of whole models."""
