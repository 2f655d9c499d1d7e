"""A picture without colour goes on without, and a file without colours becomes one."""

import numpy as np
import pytest
from PIL import Image


@pytest.mark.parametrize("ending", ["png", "jpg", "tif", "webp"])
def test_a_grey_file_stays_grey_and_its_pixels_what_they_were(studio, ending):
    source, out = studio.folder / "in.png", studio.folder / f"out.{ending}"
    grey = studio.noise(24, 16)[..., 0]
    Image.fromarray(grey).save(source)
    assert studio.outpaint(source, out, "--right", 8, "--json").figures["known_unchanged"] is True
    with Image.open(out) as written:
        assert written.mode == ("RGB" if ending == "webp" else "L")  # WebP knows no greys
        pixels = np.array(written.convert("RGB"))
    assert (pixels.max(2) == pixels.min(2)).all() and pixels.shape == (16, 32, 3)
    if ending != "jpg":
        assert (pixels[:, :24, 0] == grey).all()


def test_a_grey_picture_in_a_file_with_colours_stays_so(studio):
    source, out = studio.folder / "in.png", studio.folder / "out.png"
    Image.fromarray(studio.noise(24, 16)[..., :1].repeat(3, 2)).save(source)
    studio.outpaint(source, out, "--right", 8)
    with Image.open(out) as written:
        assert written.mode == "RGB"
    pixels = studio.pixels(out)
    assert (pixels.max(2) == pixels.min(2)).all()
