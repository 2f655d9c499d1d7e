"""Fine-tuning on the artist's own pictures or films; the window calls it a study."""
