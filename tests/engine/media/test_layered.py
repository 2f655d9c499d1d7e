"""OpenRaster and Photoshop files: what they look like as a whole, and layer by layer."""

import io
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.media.images import picture_size, read_picture
from engine.media.layered import Layered, read_layers
from engine.request import UserError


def noise(width: int, height: int, seed: int = 0, channels: int = 4) -> np.ndarray:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, channels), np.uint8)
    pixels[..., 3:] |= 1
    return pixels


def png(pixels: np.ndarray) -> bytes:
    packed = io.BytesIO()
    Image.fromarray(pixels).save(packed, "PNG", dpi=(300, 300))
    return packed.getvalue()


STACK = """<?xml version='1.0' encoding='UTF-8'?>
<image version="0.0.5" w="100" h="80"><stack>
 <layer name="Über" src="data/0.png" x="-10" y="5" opacity="0.5" visibility="visible" composite-op="svg:multiply"/>
 <stack name="group" opacity="0.5" visibility="hidden">
  <layer name="inner" src="data/1.png" x="60" y="50" opacity="0.5"/>
 </stack>
 <layer src="data/2.png"/>
</stack></image>"""


def openraster(path: Path, stack: str = STACK) -> Path:
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr("mimetype", "image/openraster")
        pack.writestr("stack.xml", stack)
        for number, size in enumerate(((40, 30), (20, 20), (100, 80))):
            pack.writestr(f"data/{number}.png", png(noise(*size, number)))
        pack.writestr("mergedimage.png", png(noise(100, 80, 9, 3)))
    return path


def read(path: Path) -> Layered:
    found = read_layers(path)
    assert found is not None
    return found


def test_openraster_is_read_as_a_whole_and_in_layers(tmp_path: Path) -> None:
    path = openraster(tmp_path / "in.ora")
    assert picture_size(path) == (100, 80)
    assert np.array_equal(read_picture(path).pixels, noise(100, 80, 9, 3))
    found = read(path)
    told = [(each.name, each.x, each.y, each.opacity, each.visible) for each in found.layers]
    assert told == [("Layer", 0, 0, 1, True), ("inner", 60, 50, 0.25, False), ("Über", -10, 5, 0.5, True)]
    assert [np.array_equal(each.pixels, noise(*size, n)) for each, size, n in zip(
        found.layers, ((100, 80), (20, 20), (40, 30)), (2, 1, 0), strict=True)] == [True] * 3  # fmt: skip
    assert (found.width, found.height) == (100, 80) and found.metadata.dpi == pytest.approx((300, 300), abs=0.1)
    assert len(found.notes) == 1 and "multiply" in found.notes[0]


def photoshop(path: Path) -> Path:
    from psd_tools import PSDImage
    from psd_tools.constants import BlendMode

    psd = PSDImage.new("RGB", (100, 80))
    psd.create_pixel_layer(Image.fromarray(noise(40, 30, 0, 4)), name="Über", top=5, left=-10, opacity=128)
    group = psd.create_group(name="group")
    inner = psd.create_pixel_layer(Image.fromarray(noise(20, 20, 1, 3)), name="inner", top=50, left=60)
    group.append(inner)
    group.opacity, inner.visible = 128, False
    masked = psd.create_pixel_layer(Image.fromarray(noise(20, 20, 2, 3)), name="masked")
    masked.blend_mode = BlendMode.MULTIPLY
    mask = Image.new("L", (20, 20), 0)
    mask.paste(255, (0, 0, 10, 20))
    masked.create_mask(mask)
    psd.create_pixel_layer(Image.fromarray(noise(5, 5, 3, 3)), name="outside", top=0, left=200)
    psd.save(path)
    return path


def test_photoshop_is_read_in_layers_as_it_shows_them(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = photoshop(tmp_path / "in.psd")
    flat = read_picture(path)
    assert flat.pixels.shape == (80, 100, 3) and not any("frames" in note for note in flat.notes)
    found = read(path)
    told = [(each.name, each.x, each.y, round(each.opacity, 2), each.visible) for each in found.layers]
    assert told == [("Über", 0, 5, 0.5, True), ("inner", 60, 50, 0.5, False), ("masked", 0, 0, 1, True)]
    over, inner, masked = (each.pixels for each in found.layers)
    assert np.array_equal(over, noise(40, 30, 0, 4)[:, 10:])  # cut where the picture ends
    assert np.array_equal(inner[:, :, :3], noise(20, 20, 1, 3)) and (inner[:, :, 3] == 255).all()
    assert (masked[:, :10, 3] == 255).all() and not masked[:, 10:, 3].any()
    assert any("multiply" in note for note in found.notes)


@pytest.mark.parametrize("make", [openraster, photoshop])
def test_damage_is_told(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    """Or does no harm; nothing else comes of it."""
    path = make(tmp_path / "in")
    whole = path.read_bytes()
    damaged = [whole[:cut] for cut in np.linspace(0, len(whole) - 1, 12).astype(int)]
    for at in np.random.default_rng(0).integers(0, len(whole), 200):
        damaged.append(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
    told = 0
    for each in damaged:
        path.write_bytes(each)
        try:
            read_layers(path)
        except UserError as error:
            assert path.name in str(error)
            told += 1
    assert told > 4


def test_an_archive_of_something_else_is_no_picture(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.ora", "w") as pack:
        pack.writestr("mimetype", "application/epub+zip")
    with pytest.raises(UserError, match="not a picture"):
        read_picture(tmp_path / "in.ora")
