"""Pictures that words choose to paint from: those that are shipped, and the artist's own folders."""
