"""The paper's tables and figures made again: variants and baselines side by side, on the same tokens and budget."""
