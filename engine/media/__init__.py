"""Images and films on disk, read and written without torch, so that the window may use them too."""
