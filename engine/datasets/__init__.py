"""What the models learn from: folders of pictures; captions and clips come beside them."""
