"""Algorithm 1 of the paper: training of tokenizer, decoder and guide, runs that resume, and recipes."""
