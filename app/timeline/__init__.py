"""The timeline: clips in time, the frames they are made of, and how they are played."""
