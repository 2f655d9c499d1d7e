"""Exports are read again by other programs and compared with the document, pixel by pixel."""

import errno
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import tifffile
from PIL import Image

import app
from app.document import Document
from app.export import ExportRequest, export, fitting_tiles, format_of, limits, planned
from engine.media.images import read_recipe
from engine.request import Box, UserError

from .conftest import noise, smooth


def read(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.array(image)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# ---- exact


@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.webp"])
def test_what_keeps_every_pixel_is_exact(document, out, name):
    (path,) = export(document, ExportRequest(out / name, quality=100))
    expected = document.read(document.bounds)
    assert expected[:, :, 3].min() == 255
    assert np.array_equal(read(path), expected[:, :, :3]) and names(out) == {name}


@pytest.mark.parametrize("name", ["a.png", "a.tif"])
def test_very_wide_pictures_are_read_in_lower_strips(document, out, name, monkeypatch):
    monkeypatch.setattr("app.export.scaling.MOST_READ", 20_000)
    monkeypatch.setattr("engine.media.image_writers.TIFF_ROW", 50_000)
    (path,) = export(document, ExportRequest(out / name))
    assert np.array_equal(read(path), document.read(document.bounds)[:, :, :3])
    export(document, ExportRequest(out / "half.png", scale=0.5))


@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.webp"])
def test_holes_stay_holes(holed, out, name):
    (path,) = export(holed, ExportRequest(out / name, quality=100))
    assert np.array_equal(read(path), holed.read(holed.bounds))


@pytest.mark.parametrize("name", ["a.png", "a.tif"])
def test_one_clear_pixel_is_found_on_the_way(document, out, name):
    ground = document.layers.all()[0].id
    document.layers.erase(ground, Box(599, 499, 1, 1), np.full((1, 1), 1, np.uint8))
    shares: list[float] = []
    (path,) = export(document, ExportRequest(out / name), lambda share: not shares.append(share))
    assert np.array_equal(read(path), document.read(document.bounds))
    assert shares[-1] == 1.0


def test_a_region_that_reaches_beyond_the_picture(document, out):
    box = Box(-150, -40, 333, 111)
    (path,) = export(document, ExportRequest(out / "a.png", box))
    assert np.array_equal(read(path), document.read(box))


@pytest.mark.parametrize("channels", [3, 4])
def test_sixteen_bits_are_read_back(document, out, channels):
    box = Box(0, 0, 300, 280) if channels == 3 else Box(500, 0, 300, 280)
    (path,) = export(document, ExportRequest(out / "a.tif", box, bits=16))
    assert np.array_equal(tifffile.imread(path), document.read(box)[:, :, :channels].astype(np.uint16) * 257)
    (path,) = export(document, ExportRequest(out / "a.png", box, bits=16))
    assert np.array_equal(read(path), document.read(box)[:, :, :channels])


@pytest.mark.parametrize("name", ["a.jpg", "a.webp", "a.avif"])
def test_those_that_lose_a_little(out, name):
    document = Document.new()
    document.layers.put(smooth(300, 200), 0, 0)
    document.layers.put(smooth(40, 40), 320, 0)
    (path,) = export(document, ExportRequest(out / name, quality=95, ground=None if name != "a.jpg" else (10, 200, 30)))
    expected, found = document.read(document.bounds), read(path)
    assert np.abs(found[:, :290, :3].astype(int) - expected[:, :290, :3]).max() < 24
    if name == "a.jpg":
        assert np.abs(found[100:, 330:].astype(int) - [10, 200, 30]).max() < 4
    else:
        assert np.abs(found[..., 3].astype(int) - expected[..., 3]).max() < 24
    document.close()


def test_transparent_parts_can_be_filled_everywhere(holed, out):
    (path,) = export(holed, ExportRequest(out / "a.png", ground=(1, 2, 3)))
    pixels, expected = read(path), holed.read(holed.bounds)
    assert pixels.shape[2] == 3 and (pixels[expected[..., 3] == 0] == [1, 2, 3]).all()
    assert (pixels == expected[..., :3])[expected[..., 3] == 255].all()


def test_profile_or_chunk_says_srgb(document, out):
    for name in ("a.png", "a.jpg", "a.webp", "a.avif", "a.tif"):
        export(document, ExportRequest(out / name, Box(0, 0, 40, 40)))
        with Image.open(out / name) as image:
            assert "srgb" in image.info or b"sRGB" in image.info["icc_profile"].replace(b"\0", b"")


def test_the_recipe_goes_along_unless_it_is_not_wanted(document, out):
    export(document, ExportRequest(out / "a.png"))
    recipe = read_recipe(out / "a.png")
    assert recipe is not None and recipe["box"] == list(document.bounds) and "Hidden" not in recipe["layers"]
    assert recipe["painted"] == [{"recipe": {"prompt": "a river", "seed": 7}, "patches": [[0, 0, 64, 32]]}]
    export(document, ExportRequest(out / "b.png", recipe=False))
    assert read_recipe(out / "b.png") is None


# ---- layers


def test_each_layer_is_a_file_with_a_safe_name(document, out):
    files = export(document, ExportRequest(out / "a.png", each_layer=True))
    assert names(out) == {path.name for path in files} and len(files) == 4
    assert {"a-Ground.png", "a-Veil - ü.png", "a-Hidden.png"} < names(out)
    veil = document.layers.all()[1]
    assert np.array_equal(read(out / "a-Veil - ü.png"), document.read_layer(veil.id, document.layers.box(veil.id)))


def test_layers_of_the_same_name_do_not_meet(out):
    document = Document.new()
    for name in ("Sky", "sky", "..", "x" * 300, "a\nb\0c"):
        document.layers.put(noise(3, 3), 0, 0, name)
    document.layers.add("empty")
    export(document, ExportRequest(out / "a.png", each_layer=True))
    assert names(out) == {"a-Sky.png", "a-sky 2.png", "a-layer.png", f"a-{'x' * 60}.png", "a-a b c.png"}
    document.close()


def test_chosen_layers_alone(document, out):
    ground, veil = document.layers.all()[:2]
    (path,) = export(document, ExportRequest(out / "a.png", layers=(veil.id,)))
    assert read(path).shape[:2] == document.layers.box(veil.id)[:1:-1]
    document.layers.show(document.layers.all()[2].id, False)
    (path,) = export(document, ExportRequest(out / "b.png", document.bounds, layers=(ground.id, veil.id)))
    assert np.array_equal(read(path), document.read(document.bounds)[:, :, :3])


def test_openraster_holds_the_layers(holed, out):
    (path,) = export(holed, ExportRequest(out / "a.ora"))
    bounds = holed.bounds
    with zipfile.ZipFile(path) as pack:
        first = pack.infolist()[0]
        assert first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
        assert pack.read("mimetype") == b"image/openraster" and pack.testzip() is None
        image = ElementTree.fromstring(pack.read("stack.xml"))
        assert (image.get("w"), image.get("h")) == (str(bounds.width), str(bounds.height))
        layers = list(image.iterfind("stack/layer"))
        assert [each.get("name") for each in layers][-2:] == ["Veil / ü", "Ground"] and len(layers) == 5
        for entry, layer in zip(layers, reversed(holed.layers.all()), strict=True):
            box = holed.layers.box(layer.id)
            with pack.open(str(entry.get("src"))) as file, Image.open(file) as picture:
                assert np.array_equal(np.array(picture), holed.read_layer(layer.id, box))
            assert (int(entry.get("x", "")), int(entry.get("y", ""))) == (box.x - bounds.x, box.y - bounds.y)
            assert float(entry.get("opacity", "")) == layer.opacity
            assert entry.get("visibility") == ("visible" if layer.visible else "hidden")
        with pack.open("mergedimage.png") as file, Image.open(file) as picture:
            assert np.array_equal(np.array(picture), holed.read(bounds))
        with pack.open("Thumbnails/thumbnail.png") as file, Image.open(file) as picture:
            assert max(picture.size) <= 256 and picture.format == "PNG"


def test_openraster_scaled_keeps_layers_in_their_places(document, out):
    (path,) = export(document, ExportRequest(out / "a.ora", scale=0.37))
    with zipfile.ZipFile(path) as pack:
        merged = np.array(Image.open(pack.open("mergedimage.png")))
        ground = np.array(Image.open(pack.open("data/layer0.png")))
    assert merged.shape == ground.shape == (196, 259, 4)
    assert np.array_equal(merged[120:], ground[120:])


# ---- scaled


@pytest.mark.parametrize("scale", [0.013, 0.3, 0.77, 1.6])
@pytest.mark.parametrize("bits", [8, 16])
def test_scaled_by_strips_is_as_scaled_at_once(out, scale, bits):
    document = Document.new()
    pixels = smooth(900, 700)
    document.layers.put(pixels, -33, 77)
    (path,) = export(document, ExportRequest(out / "a.tif", scale=scale, bits=bits))
    found = tifffile.imread(path)
    size = round(900 * scale), round(700 * scale)
    expected = np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0))
    assert found.shape == (size[1], size[0], 3)  # opaque to the edge
    error = np.abs(found / (257 if bits == 16 else 1) - expected)
    assert error.max() <= 2.5 and error.mean() < 0.5
    document.close()


def test_scaled_strips_and_tiles_meet_without_a_seam(out, monkeypatch):
    document = Document.new()
    document.layers.put(noise(900, 700, channels=4), 5, 5)
    (path,) = export(document, ExportRequest(out / "whole.png", scale=0.31))
    whole = read(path)
    monkeypatch.setattr("app.export.scaling.PIECE", 2000)
    (path,) = export(document, ExportRequest(out / "strips.png", scale=0.31))
    visible = whole[..., 3] > 64  # where little is visible, colours mean little
    assert np.abs(read(path).astype(int) - whole)[visible].max() <= 2
    *tiles, _ = export(document, ExportRequest(out / "tile.png", scale=0.31, tiles=(100, 90)))
    rows = [np.concatenate([read(tile) for tile in tiles[at : at + 3]], 1) for at in range(0, 9, 3)]
    assert np.abs(np.concatenate(rows).astype(int) - whole)[visible].max() <= 2
    document.close()


def test_colours_of_clear_pixels_do_not_creep_in(out):
    document = Document.new()
    pixels = np.zeros((200, 200, 4), np.uint8)
    pixels[50:150, 50:150] = (200, 100, 50, 255)
    pixels[0, 0], pixels[-1, -1] = (200, 100, 50, 255), (200, 100, 50, 255)
    document.layers.put(pixels, 0, 0)
    (path,) = export(document, ExportRequest(out / "a.png", scale=0.35))
    found = read(path)
    assert np.abs(found[found[..., 3] > 64][:, :3].astype(int) - [200, 100, 50]).max() <= 3
    document.close()


# ---- limits and tiles


def test_limits_are_sentences():
    assert limits(".png", 200_000, 20_000) == "" == limits(".jpg", 65500, 4000) == limits(".ora", 10**6, 10**6)
    assert "65 500 pixels a side" in limits(".jpg", 65501, 10) and "tiles of 32751×10" in limits(".jpg", 65501, 10)
    assert "WebP, which ends at 16 383" in limits(".webp", 10, 16384)
    assert "268 million in all" in limits(".jpeg", 40000, 40000)
    assert "AVIF" in limits(".avif", 32769, 10)
    with pytest.raises(UserError, match="suffixes"):
        limits(".gif", 1, 1)


@pytest.mark.parametrize("size", [(65501, 10), (40000, 40000), (1, 10**7), (200_000, 20_000)])
@pytest.mark.parametrize("suffix", [".jpg", ".webp", ".avif", ".png"])
def test_tiles_that_are_offered_do_fit(size, suffix):
    tile = fitting_tiles(format_of(suffix), size)
    assert limits(suffix, *tile) == "" and min(tile) >= 1


def test_tiles_make_up_the_picture(document, out):
    *tiles, note = export(document, ExportRequest(out / "a.png", tiles=(300, 256)))
    assert [path.name for path in tiles] == [f"a_r{row}_c{column}.png" for row in range(3) for column in range(3)]
    rows = [np.concatenate([read(out / f"a_r{row}_c{column}.png") for column in range(3)], 1) for row in range(3)]
    assert np.array_equal(np.concatenate(rows), document.read(document.bounds)[:, :, :3])
    assert note.name == "a_tiles.txt" and "a_r2_c1.png\t300\t512\t300\t18" in note.read_text()


def test_too_large_is_told_before_and_tiles_are_offered(out):
    document = Document.new()
    document.layers.put(noise(3, 2), 0, 0)
    document.layers.put(noise(3, 2), 20_000, 0)
    request = ExportRequest(out / "a.webp")
    plan = planned(document, request)
    assert plan.size == (20003, 2) and plan.tiles == (10002, 2) and "16 383" in plan.limit
    with pytest.raises(UserError, match="in tiles of 10002×2"):
        export(document, request)
    assert names(out) == set()
    assert len(export(document, ExportRequest(out / "a.webp", tiles=plan.tiles))) == 3
    document.close()


@pytest.mark.parametrize("name", ["a.png", "a.tif"])
def test_memory_does_not_grow_with_the_picture(out, name):
    """A picture four times as high, in a process of its own: tiles that repeat keep the document itself small."""
    program = """
import sys
from pathlib import Path
from app.export import ExportRequest, export
from engine.memory import peak_memory_mib
export(Path(sys.argv[1]), ExportRequest(Path(sys.argv[2])))
print(peak_memory_mib())
"""
    peaks = []
    for rows in (16, 64):
        document = Document.new()
        layer = document.layers.put(np.tile(smooth(256, 256), (1, 8, 1)), 0, 0)
        for row in range(1, rows):
            document.layers.move(document.layers.duplicate(layer.id).id, 0, 256 * row)
        document.save_as(out / f"{rows}.handscroll")
        document.close()
        run = [sys.executable, "-c", program, str(out / f"{rows}.handscroll"), str(out / f"{rows}{name[1:]}")]
        root = Path(app.__file__).parent.parent
        peaks.append(float(subprocess.run(run, capture_output=True, text=True, check=True, cwd=root).stdout))
    assert peaks[1] - peaks[0] < 20, f"75 MB more of pixels took {peaks[1] - peaks[0]:.0f} MiB more"


# ---- what goes wrong


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.ora", "a.webp"])
def test_cancelled_leaves_the_old_file_and_nothing_else(document, out, name):
    (out / name).write_bytes(b"old")
    asked: list[float] = []

    def stop(share: float) -> bool:
        asked.append(share)
        return len(asked) < 2

    assert export(document, ExportRequest(out / name), stop) == []
    assert names(out) == {name} and (out / name).read_bytes() == b"old"


def test_cancelled_tiles_leave_none_of_them(document, out):
    assert export(document, ExportRequest(out / "a.png", tiles=(100, 100)), lambda share: share < 0.8) == []
    assert names(out) == set()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.ora"])
def test_a_full_disk_is_told(document, out, name):
    (out / f"{name}.part").symlink_to("/dev/full")
    with pytest.raises(UserError, match=r"not written: the disk is full\. Free some space"):
        export(document, ExportRequest(out / name))
    assert not (out / name).exists()


def test_a_disk_that_fills_up_on_the_way_leaves_nothing(document, out, monkeypatch):
    import app.export.image as image

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(image, "encode", full)
    with pytest.raises(UserError, match="disk is full"):
        export(document, ExportRequest(out / "a.png"))
    assert names(out) == set()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"output": "a.gif"}, "suffixes .png"),
        ({"output": "none/a.png"}, "does not exist"),
        ({"output": "a.jpg", "bits": 16}, "JPEG does not keep 16 bits"),
        ({"output": "a.ora", "each_layer": True}, "all layers in one file"),
        ({"scale": 0.0}, "scale must be above 0"),
        ({"scale": 1000.0}, "at most 64"),
        ({"quality": 0}, "from 1 to 100"),
        ({"tiles": (0, 5)}, "at least one pixel"),
        ({"what": Box(0, 0, 0, 5)}, "region is empty"),
        ({"layers": (999,)}, "not in the picture any more"),
    ],
)
def test_what_cannot_be_is_told(document, out, changes, sentence):
    output = out / changes.pop("output", "a.png")
    with pytest.raises(UserError, match=sentence):
        export(document, ExportRequest(output, **changes))
    assert names(out) == set()


def test_an_empty_document(out):
    document = Document.new()
    with pytest.raises(UserError, match="nothing to export yet"):
        export(document, ExportRequest(out / "a.png"))
    document.close()


def test_never_over_the_document_itself(document, out):
    os.symlink(document.path, out / "a.png")
    with pytest.raises(UserError, match="the document itself"):
        export(document, ExportRequest(out / "a.png"))


# ---- beside others


def test_from_another_thread_while_the_artist_paints_on(document, out):
    expected = document.read(document.bounds)[:, :, :3].copy()
    started, go_on = threading.Event(), threading.Event()

    def wait(share: float) -> bool:
        started.set()
        return go_on.wait(20)

    thread = threading.Thread(target=export, args=(document, ExportRequest(out / "a.png"), wait))
    thread.start()
    assert started.wait(20)
    document.layers.paint(document.layers.all()[0].id, document.bounds, noise(700, 530, 77))
    document.layers.delete(document.layers.all()[1].id)
    go_on.set()
    thread.join()
    assert np.array_equal(read(out / "a.png"), expected)


def test_a_file_is_exported_without_a_change_open_or_not(document, out):
    path = out / "d.handscroll"
    document.save_as(path)
    document.save()
    document.layers.rename(document.layers.all()[0].id, "Other")
    export(path, ExportRequest(out / "open.png"))
    document.close()
    before = path.read_bytes()
    export(path, ExportRequest(out / "closed.png"))
    assert path.read_bytes() == before and names(out) == {"d.handscroll", "open.png", "closed.png"}
    assert np.array_equal(read(out / "open.png"), read(out / "closed.png"))
