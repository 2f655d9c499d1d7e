"""Where long work happens: the queue of jobs, and the engine in a process of its own."""
