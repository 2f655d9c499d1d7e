"""Kinds of pictures: what is listed is read, what needs a plug-in says so, and all lists are one."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.media.formats import READABLE, names, suffixes
from engine.media.images import read_picture
from engine.request import UserError

PIXELS = np.random.default_rng(0).integers(0, 256, (16, 24, 3), np.uint8)
SMOOTH = np.stack([*np.meshgrid(np.arange(24), np.arange(16)), np.zeros((16, 24))], 2).astype(np.uint8) * 8


def test_heic_is_read_where_its_plugin_is(tmp_path: Path) -> None:
    heif = pytest.importorskip("pillow_heif")
    heif.register_heif_opener()
    Image.fromarray(SMOOTH).save(tmp_path / "in.heic", quality=100)
    read = read_picture(tmp_path / "in.heic").pixels.astype(int)
    assert np.abs(read - SMOOTH).mean() < 4


def test_jpeg_xl_is_read_where_its_plugin_is(tmp_path: Path) -> None:
    pytest.importorskip("pillow_jxl")
    Image.fromarray(PIXELS).save(tmp_path / "in.jxl", lossless=True)
    assert np.array_equal(read_picture(tmp_path / "in.jxl").pixels, PIXELS)


WITHOUT = """
import sys
sys.modules |= dict.fromkeys(("pillow_heif", "pillow_jxl"))  # as if they were not there
from engine.media.images import read_picture
from engine.request import UserError
try:
    read_picture(sys.argv[1])
except UserError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", ("HEIC", "pip install pillow-heif")),
        (b"\xff\x0a" + bytes(30), ("JPEG XL", "pip install pillow-jxl-plugin")),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', ("drawing", "window")),
        (b"nothing", ("HEIC", "JPEG XL", "OpenRaster", "Photoshop")),
    ],
)
def test_what_cannot_be_read_says_what_would_read_it(tmp_path: Path, head: bytes, words: tuple[str, ...]) -> None:
    (tmp_path / "in.picture").write_bytes(head)
    command = [sys.executable, "-c", WITHOUT, tmp_path / "in.picture"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]).stdout
    assert all(word in said for word in words), said


def test_a_damaged_heic_is_damaged(tmp_path: Path) -> None:
    pytest.importorskip("pillow_heif")
    (tmp_path / "in.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40))
    with pytest.raises(UserError, match="damaged"):
        read_picture(tmp_path / "in.heic")


def test_the_manual_names_all_that_can_be_read() -> None:
    text = (Path(__file__).parents[3] / "resources/manual/window.md").read_text(encoding="utf-8")
    assert names() in text
    assert len({*suffixes()}) == len(suffixes()) and all(kind.suffixes for kind in READABLE)
