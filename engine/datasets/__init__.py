"""Training data: folders of images, captions, video clips, and synthetic motion."""
