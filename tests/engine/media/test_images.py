"""Pictures as artists have them, of every kind; every file here is a real one."""

import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from engine.media import images as pictures
from engine.media.images import read_picture
from engine.media.opening import opened
from tests.engine.media.picture_files import painting, png, png16, saved


def srgb_with_red_and_green_swapped() -> bytes:
    """A real profile whose colours are plainly not those of sRGB: red and green have changed places."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")  # entries of the tag table, 12 bytes each
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


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
