"""What a picture says of itself goes on with it: caption, author, copyright, camera data, pixels to an inch."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, TiffImagePlugin

from engine.media.image_writers import write_picture
from engine.media.images import read_picture
from engine.media.metadata import CAMERA, CAPTION, COPYRIGHT, ORIENTATION, Metadata, left_out

CAMERA_TIME, MAKER = 0x9003, 0x927C
PIXELS = np.random.default_rng(0).integers(0, 256, (20, 30, 3), np.uint8)
SAID = "Über den Hügeln".encode()  # as most programs write it, though the standard has only ASCII


def told(turned: int = 6, maker: bytes = b"secret of the maker") -> Image.Exif:
    exif = Image.Exif()
    exif[CAPTION], exif[COPYRIGHT], exif[ORIENTATION] = SAID, b"(c) me", turned
    exif.get_ifd(CAMERA).update({CAMERA_TIME: "2020:01:02 03:04:05", MAKER: maker})
    return exif


def picture(folder: Path, kind: str = "jpg", **options: Any) -> Path:
    path = folder / f"in.{kind}"
    options = {"exif": told(), "dpi": (300, 240), **options}
    if kind == "avif":  # with an orientation Pillow writes the block anew, and its texts in ASCII
        del options["exif"][ORIENTATION]  # type: ignore[attr-defined]
    Image.fromarray(PIXELS).save(path, **options)
    return path


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "avif", "tif"])
@pytest.mark.parametrize("source", ["jpg", "png", "webp", "avif"])
def test_all_formats_keep_caption_copyright_camera_and_resolution(tmp_path: Path, source: str, kind: str) -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf tiff:Orientation="6"/></x:xmpmeta>'
    read = read_picture(picture(tmp_path, source, xmp=xmp) if source != "png" else picture(tmp_path, source))
    out = tmp_path / f"out.{kind}"
    write_picture(out, read.pixels, read.pixels.shape[1::-1], metadata=read.metadata)
    with Image.open(out) as image:
        exif = image.getexif()
        assert exif[CAPTION].encode("latin-1") == SAID and exif[COPYRIGHT] == "(c) me"
        assert exif.get(ORIENTATION, 1) == 1
        camera = exif.get_ifd(CAMERA)
        assert kind == "tif" or (camera[CAMERA_TIME] == "2020:01:02 03:04:05" and camera[MAKER].startswith(b"secret"))
        if source in ("jpg", "png") and kind in ("jpg", "png", "tif"):  # WebP and AVIF have no place of their own
            assert tuple(map(round, image.info["dpi"])) == (300, 240)
        if source not in ("png",):
            assert b'tiff:Orientation="1"' in bytes(image.info.get("xmp") or image.tag_v2[700])  # type: ignore[attr-defined]
    again = read_picture(out)
    assert np.array_equal(again.pixels, read.pixels) or kind in ("jpg", "avif")
    assert again.metadata.texts()[CAPTION] == SAID
    if source in ("jpg", "png"):
        assert again.metadata.dpi is not None and tuple(map(round, again.metadata.dpi)) == (300, 240)


def test_a_tiff_without_a_block_of_its_own_is_read(tmp_path: Path) -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[CAPTION], tags[COPYRIGHT] = SAID, b"(c) me"
    path = tmp_path / "in.tif"
    Image.fromarray(PIXELS).save(path, tiffinfo=tags, dpi=(300, 300))
    metadata = read_picture(path).metadata
    assert metadata.texts() == {CAPTION: SAID, COPYRIGHT: b"(c) me"} and metadata.dpi == (300, 300)


def test_texts_of_a_png_are_kept(tmp_path: Path) -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Title", "Hills")
    info.add_itxt("Copyright", "© me")
    Image.fromarray(PIXELS).save(tmp_path / "in.png", pnginfo=info)
    texts = read_picture(tmp_path / "in.png").metadata.texts()
    assert texts == {CAPTION: b"Hills", COPYRIGHT: "© me".encode()}


def test_iptc_is_kept(tmp_path: Path) -> None:
    def entry(number: int, text: bytes) -> bytes:
        return b"\x1c\x02" + bytes([number]) + len(text).to_bytes(2, "big") + text

    iptc = entry(120, SAID) + entry(116, b"(c) press")
    iptc += b"\0" * (len(iptc) % 2)
    block = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + len(iptc).to_bytes(4, "big") + iptc
    segment = b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block
    Image.fromarray(PIXELS).save(tmp_path / "in.jpg", extra=segment)
    assert read_picture(tmp_path / "in.jpg").metadata.texts() == {CAPTION: SAID, COPYRIGHT: b"(c) press"}


def test_the_preview_of_what_the_picture_was_goes(tmp_path: Path) -> None:
    small = io.BytesIO()
    Image.fromarray(PIXELS[:8, :8]).save(small, "JPEG")
    exif = told()
    exif.get_ifd(1).update({0x0201: 0, 0x0202: len(small.getvalue())})
    block = Metadata.from_json(Metadata(read_picture(picture(tmp_path, exif=exif)).metadata.exif).to_json()).exif
    loaded = Image.Exif()
    loaded.load(b"Exif\0\0" + block)
    assert not loaded.get_ifd(1) and loaded.get_ifd(CAMERA)


def test_a_block_too_long_for_a_jpeg_loses_the_notes_of_the_maker_alone(tmp_path: Path) -> None:
    metadata = read_picture(picture(tmp_path, "png", exif=told(maker=bytes(70_000)))).metadata
    write_picture(tmp_path / "out.jpg", PIXELS, (30, 20), metadata=metadata)
    with Image.open(tmp_path / "out.jpg") as image:
        camera = image.getexif().get_ifd(CAMERA)
        assert CAMERA_TIME in camera and MAKER not in camera


@pytest.mark.parametrize("cut", range(0, 120, 7))
def test_damaged_blocks_are_left_out(tmp_path: Path, cut: int) -> None:
    block = told().tobytes()
    for damaged in (block[:cut], block[:cut] + b"\xff" * 8 + block[cut + 8 :]):
        path = picture(tmp_path, "png", exif=damaged or b"x")
        write_picture(tmp_path / "out.png", PIXELS, (30, 20), metadata=read_picture(path).metadata)
        read_picture(tmp_path / "out.png")


def test_what_a_format_cannot_keep_is_said(tmp_path: Path) -> None:
    metadata = read_picture(picture(tmp_path)).metadata
    assert "camera" in left_out(metadata, "TIFF")
    assert not any(left_out(metadata, kind) for kind in ("PNG", "JPEG", "WEBP", "AVIF"))
    assert not left_out(Metadata(dpi=(300, 300)), "TIFF")


def test_kept_as_text_and_back() -> None:
    metadata = Metadata(b"II*\0", b"<x/>", (300.0, 240.0))
    assert Metadata.from_json(metadata.to_json()) == metadata
    assert not any(map(Metadata.from_json, ("", "[]", "{}", '{"exif": "?", "xmp": "", "dpi": null}')))
