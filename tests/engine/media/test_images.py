"""Pictures as artists have them, and results that are written whole or not at all; every file here is a real one."""

import errno
import io
import os
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image, ImageCms

from engine.media import images as pictures
from engine.media.image_writers import check_writable, encode, numbered, write_picture
from engine.media.images import read_picture, read_recipe
from engine.media.opening import opened
from engine.request import UserError


def painting(height: int = 40, width: int = 60, channels: int = 3) -> np.ndarray:
    """Smooth and noisy at once, so that every corner differs from every other."""
    noise = np.random.default_rng(7).integers(0, 60, (height, width, channels))
    slope = np.linspace(0, 190, width)[None, :, None] * np.linspace(0.3, 1, height)[:, None, None]
    return (noise + slope).astype(np.uint8)


def saved(path: Path, pixels: np.ndarray, **options) -> Path:
    Image.fromarray(pixels).save(path, **options)
    return path


def png(path: Path, width: int, height: int, depth: int, kind: int, rows: bytes, *more: tuple[bytes, bytes]) -> Path:
    """A PNG by hand, for what Pillow cannot write. `rows` come with their filter bytes."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)), *more]
    chunks += [(b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return path


def png16(path: Path, values: np.ndarray, kind: int, *more: tuple[bytes, bytes]) -> Path:
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    return png(path, values.shape[1], values.shape[0], 16, kind, rows, *more)


def srgb_with_red_and_green_swapped() -> bytes:
    """A real profile whose colours are plainly not those of sRGB: red and green have changed places."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")  # entries of the tag table, 12 bytes each
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


# ---- reading what is well


@pytest.mark.parametrize("name", ["a.png", "a.bmp", "a.tif", "a.ppm", "a.gif", "a.webp", "a.jpg", "a.jp2"])
def test_common_formats_are_read(tmp_path, name):
    pixels = painting()
    options = {"a.webp": {"lossless": True}, "a.jpg": {"quality": 100, "subsampling": 0}}.get(name, {})
    picture = read_picture(saved(tmp_path / name, pixels, **options))
    assert picture.pixels.shape == pixels.shape and picture.pixels.dtype == np.uint8
    assert picture.mask is None and picture.notes == ()
    tolerance = {"a.jpg": 12, "a.gif": 120}.get(name, 0)  # GIF has 256 colours for all
    assert np.abs(picture.pixels.astype(int) - pixels).max() <= tolerance


def test_path_may_be_text_with_spaces_and_signs(tmp_path):
    assert read_picture(str(saved(tmp_path / "雪 景 é.png", painting()))).mask is None


def test_one_pixel_is_a_picture(tmp_path):
    assert read_picture(saved(tmp_path / "a.png", painting(1, 1))).pixels.shape == (1, 1, 3)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_rotation_is_applied(tmp_path, orientation):
    upright = painting()
    stored = {  # how a camera in this orientation stores what is upright
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.transpose(1, 0, 2),
        6: np.rot90(upright, 1),
        7: upright[::-1, ::-1].transpose(1, 0, 2),
        8: np.rot90(upright, -1),
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = read_picture(saved(tmp_path / "a.png", np.ascontiguousarray(stored), exif=exif))
    assert np.array_equal(picture.pixels, upright)
    assert bool(picture.notes) == (orientation > 1)


def test_damaged_exif_does_no_harm(tmp_path):
    pixels = painting()
    path = saved(tmp_path / "a.png", pixels, exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x12garbage")
    assert np.array_equal(read_picture(path).pixels, pixels)


def test_grey_and_one_bit_become_rgb(tmp_path):
    grey = painting(channels=1)[..., 0]
    assert np.array_equal(read_picture(saved(tmp_path / "l.png", grey)).pixels, np.stack([grey] * 3, -1))
    Image.fromarray(grey).convert("1").save(tmp_path / "1.png")
    assert set(np.unique(read_picture(tmp_path / "1.png").pixels)) == {0, 255}


def test_transparent_pixels_are_unknown(tmp_path):
    pixels = painting(channels=4)
    pixels[..., 3] = 255
    pixels[:10, :, 3], pixels[10, :, 3] = 0, 254
    picture = read_picture(saved(tmp_path / "a.png", pixels))
    assert picture.mask is not None and np.array_equal(picture.mask, pixels[..., 3] == 255)
    assert np.array_equal(picture.pixels[11:], pixels[11:, :, :3])
    assert picture.notes == ("The transparent part (27.5%) will be painted.",)


def test_grey_with_alpha(tmp_path):
    pixels = painting(channels=2)
    pixels[..., 1] = np.where(np.arange(60) < 30, 255, 0)
    picture = read_picture(saved(tmp_path / "a.png", pixels))
    assert picture.mask is not None and picture.mask[:, :30].all() and not picture.mask[:, 30:].any()
    assert np.array_equal(picture.pixels[..., 1], pixels[..., 0])


def test_opaque_alpha_is_no_mask(tmp_path):
    pixels = painting(channels=4)
    pixels[..., 3] = 255
    picture = read_picture(saved(tmp_path / "a.png", pixels))
    assert picture.mask is None and picture.notes == ()


@pytest.mark.parametrize("transparency", [1, bytes([255, 0, 128])])
def test_palette_with_transparency(tmp_path, transparency):
    indices = np.arange(60, dtype=np.uint8).reshape(6, 10) % 3
    image = Image.fromarray(indices).convert("P")
    image.putdata(indices.reshape(-1).tolist())
    image.putpalette([200, 10, 10, 10, 200, 10, 10, 10, 200])
    image.save(tmp_path / "a.png", transparency=transparency)
    picture = read_picture(tmp_path / "a.png")
    unknown = (indices == 1) | ((indices == 2) & (transparency != 1))
    assert picture.mask is not None and np.array_equal(picture.mask, ~unknown)
    assert (picture.pixels[indices == 0] == [200, 10, 10]).all()


def test_a_transparent_colour_without_alpha(tmp_path):
    rows = b"".join(b"\0" + bytes([1, 2, 3, 9, 9, 9]) for _ in range(4))
    path = png(tmp_path / "a.png", 2, 4, 8, 2, rows, (b"tRNS", struct.pack(">HHH", 9, 9, 9)))
    mask = read_picture(path).mask
    assert mask is not None and mask[:, 0].all() and not mask[:, 1].any()


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_sixteen_bit_grey_is_scaled_not_clipped(tmp_path, suffix):
    values = np.linspace(0, 65535, 60 * 40).reshape(40, 60).astype(np.uint16)
    picture = read_picture(saved(tmp_path / f"a.{suffix}", values))
    assert np.array_equal(picture.pixels[..., 0], np.round(values / 257).astype(np.uint8))
    assert picture.notes == ("The depth of 16 bits was reduced to 8.",)


def test_sixteen_bit_grey_big_endian_and_turned(tmp_path):
    values = np.linspace(0, 65535, 60 * 40).reshape(40, 60).astype(np.uint16)
    exif = Image.Exif()
    exif[0x0112] = 3
    image = Image.fromarray(values[::-1, ::-1].astype(">u2"))
    image.save(tmp_path / "a.tif", exif=exif)
    assert np.array_equal(read_picture(tmp_path / "a.tif").pixels[..., 0], np.round(values / 257).astype(np.uint8))


@pytest.mark.parametrize(("kind", "channels"), [(2, 3), (6, 4), (4, 2)])
def test_sixteen_bit_colour_png(tmp_path, kind, channels):
    eight = painting(channels=channels)
    eight[..., -1] = 255
    picture = read_picture(png16(tmp_path / "a.png", eight.astype(np.uint16) * 257, kind))
    assert np.array_equal(picture.pixels, eight[..., :3] if channels > 2 else np.repeat(eight[..., :1], 3, -1))
    assert picture.mask is None and picture.notes == ("The depth of 16 bits was reduced to 8.",)


def test_sixteen_bit_grey_with_a_transparent_value(tmp_path):
    values = np.array([[0, 1000], [1000, 65535]])
    mask = read_picture(png16(tmp_path / "a.png", values, 0, (b"tRNS", struct.pack(">H", 1000)))).mask
    assert mask is not None and np.array_equal(mask, [[True, False], [False, True]])


@pytest.mark.parametrize(("top", "notes"), [(1.0, 0), (255.0, 0), (4000.0, 1)])
def test_float_tiff(tmp_path, top, notes):
    values = (np.linspace(0, 1, 60 * 40).reshape(40, 60) * top).astype(np.float32)
    picture = read_picture(saved(tmp_path / "a.tif", values))
    assert np.abs(picture.pixels[..., 0] - values / top * 255).max() < 1
    assert len(picture.notes) == notes


def test_float_tiff_with_holes_in_its_numbers(tmp_path):
    values = np.linspace(0, 1, 60).reshape(6, 10).astype(np.float32)
    values[0, 3], values[0, 4] = np.nan, np.inf
    assert read_picture(saved(tmp_path / "a.tif", values)).pixels[0, 3:5].max() == 0


def test_thirty_two_bit_grey(tmp_path):
    values = np.linspace(0, 2**30, 60).reshape(6, 10).astype(np.int32)
    picture = read_picture(saved(tmp_path / "a.tif", values))
    assert picture.pixels.min() == 0 and picture.pixels.max() == 255 and len(picture.notes) == 1


@pytest.mark.parametrize("name", ["a.jpg", "a.tif"])
def test_cmyk_is_converted(tmp_path, name):
    image = Image.new("CMYK", (20, 10), (0, 255, 255, 0))
    image.save(tmp_path / name)
    picture = read_picture(tmp_path / name)
    red, green, blue = picture.pixels[5, 5]
    assert red > 200 and green < 60 and blue < 60
    assert picture.notes == ("The colours were converted from CMYK.",)


def test_an_embedded_profile_is_applied(tmp_path):
    pixels = np.full((8, 8, 4), (230, 30, 30, 255), np.uint8)
    pixels[0, 0, 3] = 0
    path = saved(tmp_path / "a.png", pixels, icc_profile=srgb_with_red_and_green_swapped())
    picture = read_picture(path)
    red, green, _ = picture.pixels[4, 4]
    assert green > 200 and red < 60
    assert picture.mask is not None and not picture.mask[0, 0]
    assert "to sRGB" in picture.notes[0]


def test_an_srgb_profile_leaves_every_bit_alone(tmp_path):
    pixels = painting()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = read_picture(saved(tmp_path / "a.png", pixels, icc_profile=profile))
    assert np.array_equal(picture.pixels, pixels) and picture.notes == ()


@pytest.mark.parametrize("broken", [b"not a profile", srgb_with_red_and_green_swapped()[:200]])
def test_a_broken_profile_is_ignored_and_told(tmp_path, broken):
    pixels = painting()
    picture = read_picture(saved(tmp_path / "a.jpg", pixels, quality=100, icc_profile=broken))
    assert picture.pixels.shape == pixels.shape
    assert picture.notes == ("The colour profile is damaged or does not fit, and was ignored.",)


def test_a_profile_for_other_colours_is_ignored(tmp_path):
    image = Image.new("CMYK", (20, 10), (0, 255, 255, 0))
    image.save(tmp_path / "a.tif", icc_profile=srgb_with_red_and_green_swapped())
    assert read_picture(tmp_path / "a.tif").pixels[0, 0, 0] > 200


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png", "a.tif"])
def test_the_first_frame_is_taken(tmp_path, name):
    frames = [Image.new("RGB", (20, 10), (20 * n, 40, 60)) for n in range(1, 6)]
    frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:], duration=50, lossless=True)
    picture = read_picture(tmp_path / name)
    assert (picture.pixels == [20, 40, 60]).all()
    assert picture.notes == ("The first of 5 frames was used.",)


def test_wide_scroll_of_30000_pixels(tmp_path):
    pixels = np.tile(painting(20, 600), (1, 50, 1))
    assert np.array_equal(read_picture(saved(tmp_path / "a.png", pixels)).pixels, pixels)


def test_more_pixels_than_pillow_likes(tmp_path):
    rows = (b"\0" + bytes(20000 // 8)) * 20000  # 400 million pixels, one bit each: Pillow alone would refuse
    path = png(tmp_path / "a.png", 20000, 20000, 1, 0, rows)
    with opened(path) as image:
        assert image.size == (20000, 20000)
    assert Image.MAX_IMAGE_PIXELS is not None  # and outside it refuses still


def test_strips_join_without_a_trace(tmp_path, monkeypatch):
    pixels = painting(channels=4)
    pixels[..., 3] = 255 * (np.arange(60) % 3 > 0)
    path = saved(tmp_path / "a.png", pixels)
    whole = read_picture(path)
    monkeypatch.setattr(pictures, "STRIP_PIXELS", 7 * 60)
    strips = read_picture(path)
    assert whole.mask is not None and strips.mask is not None
    assert np.array_equal(whole.pixels, strips.pixels) and np.array_equal(whole.mask, strips.mask)


# ---- reading what is not well


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


@contextmanager
def as_nobody() -> Iterator[None]:
    """For root no permission holds, so root becomes nobody for a while."""
    root = os.geteuid() == 0
    if root:
        os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        if root:
            os.setresuid(0, 0, 0)


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that others may enter (those of tmp_path are closed to them), holding a picture."""
    with tempfile.TemporaryDirectory() as name:
        saved(Path(name) / "a.png", painting())
        Path(name).chmod(0o755)
        yield Path(name)
        Path(name).chmod(0o755)


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


# ---- writing


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


# ---- with alpha, for placing, and in more ways


def test_a_picture_for_placing_keeps_its_alpha(tmp_path):
    pixels = painting(channels=4)
    pixels[..., 3] = np.arange(60) * 4
    picture = read_picture(saved(tmp_path / "a.png", pixels), placing=True)
    assert picture.notes == () and picture.alpha is not None and np.array_equal(picture.alpha, pixels[..., 3])
    assert picture.mask is not None and not picture.mask.any()
    assert np.array_equal(picture.pixels, pixels[..., :3])
    assert read_picture(saved(tmp_path / "b.png", painting()), placing=True).alpha is None


def test_what_is_to_be_continued_has_its_alpha_too(tmp_path):
    pixels = painting(channels=4)
    pixels[..., 3] = np.where(np.arange(60) < 30, 255, 7)
    picture = read_picture(saved(tmp_path / "a.png", pixels))
    assert picture.alpha is not None and picture.mask is not None
    assert np.array_equal(picture.alpha == 255, picture.mask)


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
