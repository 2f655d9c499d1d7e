"""What is no picture, damaged, too large or closed is told in a sentence, and so is where none may be written."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.media.image_writers import check_writable, write_picture
from engine.media.images import read_picture
from engine.request import UserError
from tests.engine.media.picture_files import as_nobody, painting, png, saved


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that others may enter (those of tmp_path are closed to them), holding a picture."""
    with tempfile.TemporaryDirectory() as name:
        saved(Path(name) / "a.png", painting())
        Path(name).chmod(0o755)
        yield Path(name)
        Path(name).chmod(0o755)


def test_missing_file(tmp_path):
    with pytest.raises(UserError, match="does not exist"):
        read_picture(tmp_path / "nothing.png")


def test_folder(tmp_path):
    with pytest.raises(UserError, match="is a folder"):
        read_picture(tmp_path)


def test_neither_file_nor_folder():
    with pytest.raises(UserError, match="not a file"):
        read_picture("/dev/null")


@pytest.mark.parametrize("content", [b"", b"words, not colours", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"])
def test_not_a_picture(tmp_path, content):
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(UserError, match=r"not a picture.*save it as"):
        read_picture(tmp_path / "a.png")


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.tif", "a.gif", "a.bmp"])
@pytest.mark.parametrize("kept", [0.9, 0.5, 0.1])
def test_cut_short(tmp_path, name, kept):
    path = saved(tmp_path / name, painting(200, 300))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])
    with pytest.raises(UserError) as told:
        read_picture(path)
    assert str(told.value) == f"{path} is damaged or incomplete. Download or save it again."


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.tif", "a.gif", "a.jp2"])
def test_damage_never_ends_in_another_error(tmp_path, name):
    good = saved(tmp_path / name, painting(), exif=Image.Exif()).read_bytes()
    random = np.random.default_rng(1)
    for _ in range(60):
        bad = bytearray(good)
        for place in random.integers(0, len(bad), 8):
            bad[place] = random.integers(256)
        (tmp_path / name).write_bytes(bad)
        try:
            assert read_picture(tmp_path / name).pixels.ndim == 3  # damage in pixels alone cannot always be seen
        except UserError as error:
            assert str(tmp_path) in str(error)


def test_no_pixels(tmp_path):
    with pytest.raises(UserError, match=r"no pixels|not a picture|damaged"):
        read_picture(png(tmp_path / "a.png", 0, 5, 8, 2, b""))


def test_too_large_names_size_and_limit(tmp_path):
    with pytest.raises(UserError, match=r"40000×30000 are 1,200 million pixels, the limit is 1,074 million"):
        read_picture(png(tmp_path / "a.png", 40000, 30000, 8, 2, b""))


@pytest.mark.parametrize("alpha", [0, 128])
def test_nothing_opaque(tmp_path, alpha):
    pixels = painting(channels=4)
    pixels[..., 3] = alpha
    with pytest.raises(UserError, match="no fully opaque pixel"):
        read_picture(saved(tmp_path / "a.png", pixels))


def test_no_permission_to_read(shared):
    (shared / "a.png").chmod(0o000)
    with as_nobody(), pytest.raises(UserError, match="permission denied"):
        read_picture(shared / "a.png")


def test_in_a_closed_folder(shared):
    shared.chmod(0o000)
    with as_nobody(), pytest.raises(UserError, match="permission denied"):
        read_picture(shared / "a.png")
    with as_nobody(), pytest.raises(UserError):
        check_writable(shared / "out.png")


# ---- where a picture may be written


def test_no_permission_to_write(shared):
    shared.chmod(0o555)
    with as_nobody(), pytest.raises(UserError, match="folder is write-protected"):
        check_writable(shared / "out.png")
    with as_nobody(), pytest.raises(UserError, match="folder is write-protected"):
        write_picture(shared / "out.png", painting(), (60, 40))
    assert [path.name for path in shared.iterdir()] == ["a.png"]


def test_write_protected(shared):
    shared.chmod(0o777)
    (shared / "a.png").chmod(0o444)
    with as_nobody(), pytest.raises(UserError, match="write-protected"):
        check_writable(shared / "a.png")


@pytest.mark.parametrize(
    ("name", "size", "sentence"),
    [
        ("none/out.png", None, "does not exist"),
        (".", None, "is a folder"),
        ("out", None, "suffixes .png"),
        ("out.gif", None, "suffixes .png"),
        ("out.jpg", (65501, 10), "65500.*out.png"),
        ("out.webp", (10, 16384), "16383.*out.png"),
        ("out.png", (0, 10), "at least 1"),
        ("x" * 300 + ".png", None, "not written"),
    ],
)
def test_not_writable(tmp_path, name, size, sentence):
    with pytest.raises(UserError, match=sentence):
        check_writable(tmp_path / name, size)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.png", "a.PNG", "a.jpg", "a.jpeg", "a.webp", "a.tif", "a.tiff"])
def test_writable_leaves_no_trace(tmp_path, name):
    check_writable(tmp_path / name, (16383, 16383))
    assert list(tmp_path.iterdir()) == []
