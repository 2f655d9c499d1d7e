"""Results are written whole or not at all, in every format; every file here is a real one."""

import errno
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from engine.media.image_writers import check_writable, encode, numbered, write_picture
from engine.media.images import read_picture, read_recipe
from engine.request import UserError
from tests.engine.media.picture_files import painting, png


@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.webp", "a.jpg"])
def test_written_is_read_again(tmp_path, name):
    pixels = painting()
    write_picture(tmp_path / name, pixels, (60, 40))
    picture = read_picture(tmp_path / name)
    assert np.abs(picture.pixels.astype(int) - pixels).max() <= (20 if name == "a.jpg" else 0)
    assert picture.notes == ()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    with Image.open(tmp_path / name) as image:
        assert "srgb" in image.info or b"sRGB" in image.info["icc_profile"].replace(b"\0", b"")


@pytest.mark.parametrize("cut", [1, 7, 40, 0])
def test_rows_may_come_in_any_portions(tmp_path, cut):
    pixels = painting()
    rows = (pixels[top : top + cut] for top in range(0, 40, cut)) if cut else iter(pixels)
    write_picture(tmp_path / "a.png", rows, (60, 40))
    assert np.array_equal(read_picture(tmp_path / "a.png").pixels, pixels)


def test_rows_of_a_view_are_written_as_seen(tmp_path):
    pixels = painting()
    write_picture(tmp_path / "a.png", pixels[::-1, ::2], (30, 40))
    assert np.array_equal(read_picture(tmp_path / "a.png").pixels, pixels[::-1, ::2])


def test_png_is_flat_in_memory(tmp_path):
    program = """
import sys
import numpy as np
from engine.media.image_writers import write_picture
from engine.memory import peak_memory_mib as peak
strip = np.random.default_rng(1).integers(0, 4, (64, 8000, 3), dtype=np.uint8)
write_picture(sys.argv[1], (strip for _ in range(1)), (8000, 64))
before = peak()
write_picture(sys.argv[1], (strip for _ in range(24)), (8000, 64 * 24))
print(peak() - before)
"""
    root = Path(__file__).parents[3]
    run = [sys.executable, "-c", program, str(tmp_path / "a.png")]
    grown = subprocess.run(run, capture_output=True, text=True, check=True, cwd=root).stdout
    assert float(grown) < 12, "37 MB of pixels left more than 12 MiB behind"


def test_recipe_goes_into_the_png_and_comes_back(tmp_path):
    recipe = {"seed": 7, "prompt": "雪 and naïve “quotes”", "order": None, "size": [60, 40]}
    write_picture(tmp_path / "a.png", painting(), (60, 40), recipe)
    assert read_recipe(tmp_path / "a.png") == recipe
    with Image.open(tmp_path / "a.png") as image:
        image.verify()  # checksums of all chunks


def test_no_recipe(tmp_path):
    write_picture(tmp_path / "a.png", painting(), (60, 40))
    write_picture(tmp_path / "a.jpg", painting(), (60, 40), {"seed": 7})
    row = b"\0\0\0\0"
    png(tmp_path / "b.png", 1, 1, 8, 2, row, (b"iTXt", b"handscroll\0\0\0\0\0{broken"))
    png(tmp_path / "c.png", 1, 1, 8, 2, row, (b"iTXt", b"handscroll\0\0\0\0\0[1]"))
    assert [read_recipe(tmp_path / name) for name in ("a.png", "a.jpg", "b.png", "c.png")] == [None] * 4


def test_recipe_of_nothing(tmp_path):
    with pytest.raises(UserError, match="does not exist"):
        read_recipe(tmp_path / "a.png")


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (KeyboardInterrupt(), KeyboardInterrupt),
        (UserError("x"), UserError),
        (OSError(errno.ENOSPC, "No space left on device"), UserError),
        (ZeroDivisionError(), ZeroDivisionError),
    ],
)
def test_a_stop_half_way_keeps_the_old_file_and_leaves_nothing(tmp_path, name, trouble, expected):
    def rows() -> Iterator[np.ndarray]:
        yield painting(20)
        raise trouble

    (tmp_path / name).write_bytes(b"old")
    with pytest.raises(expected):
        write_picture(tmp_path / name, rows(), (60, 40))
    assert (tmp_path / name).read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.webp"])
def test_a_full_disk_is_told(tmp_path, name):
    (tmp_path / f"{name}.part").symlink_to("/dev/full")  # what is opened for writing is full from the first byte
    with pytest.raises(UserError, match="disk is full"):
        write_picture(tmp_path / name, painting(), (60, 40))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("shape", [(39, 60, 3), (41, 60, 3), (40, 59, 3), (40, 60, 4)])
def test_rows_that_do_not_fit_are_refused(tmp_path, shape):
    with pytest.raises(ValueError):
        write_picture(tmp_path / "a.png", np.zeros(shape, np.uint8), (60, 40))
    assert list(tmp_path.iterdir()) == []


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "out.png").symlink_to(tmp_path / "real" / "a.png")
    write_picture(tmp_path / "out.png", painting(), (60, 40))
    assert (tmp_path / "out.png").is_symlink() and read_picture(tmp_path / "real" / "a.png").mask is None


def test_a_part_from_a_killed_run_is_no_obstacle(tmp_path):
    (tmp_path / "a.png.part").write_bytes(b"half")
    check_writable(tmp_path / "a.png")
    write_picture(tmp_path / "a.png", painting(), (60, 40))
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


def test_bytes_are_those_of_a_valid_png(tmp_path):
    write_picture(tmp_path / "a.png", painting(3, 5), (5, 3))
    data = (tmp_path / "a.png").read_bytes()
    assert data[12:16] == b"IHDR" and data.endswith(b"IEND\xaeB`\x82") and data.count(b"sRGB") == 1
    assert Image.open(io.BytesIO(data)).size == (5, 3)


def test_numbered():
    assert numbered("out.png", 1) == Path("out-1.png")
    assert numbered(Path("a.b/out.v2.tiff"), 12) == Path("a.b/out.v2-12.tiff")


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("bits", [8, 16])
def test_alpha_and_sixteen_bits_are_written(tmp_path, kind, channels, bits):
    pixels = np.concatenate([painting(300, 270, channels)] * 2, 1).astype(np.uint16 if bits == 16 else np.uint8)
    pixels = pixels * 257 + np.arange(540, dtype=np.uint16)[:, None] if bits == 16 else pixels
    with open(tmp_path / "a", "w+b") as file:
        encode(file, kind, (pixels[top : top + 7] for top in range(0, 300, 7)), (540, 300), channels, bits)
    if kind == "TIFF":
        assert np.array_equal(tifffile.imread(tmp_path / "a"), pixels)
        return
    with Image.open(tmp_path / "a") as image:
        upper = pixels if bits == 8 else (pixels >> 8).astype(np.uint8)
        assert image.mode == ("RGBA" if channels == 4 else "RGB") and np.array_equal(np.asarray(image), upper)


@pytest.mark.parametrize("kind", ["WEBP", "AVIF"])
def test_alpha_goes_through_the_others(tmp_path, kind):
    pixels = painting(channels=4)
    pixels[..., 3] = np.arange(60) * 4
    with open(tmp_path / "a", "w+b") as file:
        encode(file, kind, pixels, (60, 40), 4, quality=100)
    picture = read_picture(tmp_path / "a", placing=True)
    assert picture.alpha is not None and np.abs(picture.alpha.astype(int) - pixels[..., 3]).max() <= 3
    assert kind == "AVIF" or np.array_equal(picture.pixels, pixels[..., :3])
