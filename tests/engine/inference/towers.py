"""A landscape of a sky over a ground, with a tower that stands on it: what is missing or floats is seen at once."""

import numpy as np

SKY, GROUND, TOWER = 200.0, 60.0, 120.0


def landscape(height: int, width: int, tower: tuple[slice, slice]) -> np.ndarray:
    """A picture float32 (height, width, 3); the ground begins below the tower, which covers these rows and columns."""
    picture = np.full((height, width, 3), SKY, np.float32)
    picture[tower[0].stop :] = GROUND
    picture[tower] = TOWER
    return picture + np.random.default_rng(0).normal(0, 2, picture.shape).astype(np.float32)
