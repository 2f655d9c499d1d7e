"""The panels on the right: what is there, what is painted and learned; they bind to the session alone."""
