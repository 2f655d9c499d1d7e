"""Pixels of the document: what is put in comes out, wherever it lies and however far one looks from."""

import threading
import tracemalloc

import numpy as np
import pytest

from app.document import Document, Surface
from app.document.geometry import COARSEST, snapped_box
from app.document.tile_packing import warm
from app.document.tiles import RAW, halved, lay_over, pack, shifted, unpack
from engine.request import Box, KnownPicture, UserError


@pytest.mark.parametrize("corner", [(0, 0), (-300, -77), (2**40 + 5, -(2**50) - 3)])
def test_pixels_come_back_wherever_they_lie(document: Document, hand, corner):
    pixels = hand.noise(300, 280)
    document.layers.put(pixels, corner[0], corner[1])
    assert document.bounds == Box(corner[0], corner[1], 300, 280)
    read = document.read(document.bounds.grow(1))
    assert np.array_equal(read[1:-1, 1:-1, :3], pixels) and (read[1:-1, 1:-1, 3] == 255).all()
    assert not read[0].any() and not read[:, -1].any()


def test_what_lies_too_far_out_is_told(document: Document, hand):
    with pytest.raises(UserError, match="too far out"):
        document.layers.put(hand.noise(4, 4), 2**61, 0)
    assert not document.layers.all() and not document.history.entries()


def test_tiles_lose_nothing_and_tell_damage(hand, monkeypatch: pytest.MonkeyPatch):
    tile = hand.noise(256, 256, channels=4)
    tile[:9] = 0
    tile[10:, :, 3] = 0  # invisible colours are kept too
    for has_webp in (True, False):
        monkeypatch.setattr("app.document.tiles.HAS_WEBP", has_webp)
        packed = pack(tile)
        assert packed is not None and (packed.codec == RAW) != has_webp
        assert (packed.left, packed.top, packed.right, packed.bottom) == (0, 9, 256, 10)
        assert np.array_equal(unpack(packed.codec, packed.crc, packed.data), tile)
        with pytest.raises(UserError, match="damaged"):
            unpack(packed.codec, packed.crc, packed.data[:-1])
    tile[:, :, 3] = 0
    assert pack(tile) is None


def test_a_coarse_level_is_the_mean_of_what_is_visible(document: Document, hand):
    pixels = hand.noise(512, 512, channels=4)
    document.layers.put(pixels, -256, -256)
    for stored in (False, True):
        level1 = document.read(Box(-128, -128, 256, 256), 1)
        assert np.array_equal(level1, halved(pixels))
        assert np.array_equal(document.read(Box(-64, -64, 128, 128), 2), halved(level1))
        assert document.read(Box(-1, -1, 2, 2), COARSEST).shape == (2, 2, 4)
        assert stored or document.settle()
    document.layers.paint(document.layers.all()[0].id, Box(0, 0, 256, 256), np.full((256, 256, 4), 255, np.uint8))
    assert (document.read(Box(0, 0, 64, 64), 2) == 255).all()


def test_layers_that_meet_show_no_hairline_from_afar(document: Document):
    red = np.full((64, 61, 3), (200, 0, 0), np.uint8)
    document.layers.put(red, 0, 0)
    moved = document.layers.put(red, 0, 0)
    document.layers.move(moved.id, 61, 0)
    for level in (1, 2, 3):
        seen = document.read(Box(0, 0, 100 >> level, 64 >> level), level)
        assert (seen[:, :, 3] == 255).all() and (seen[:, :, 0] == 200).all()


def test_opaque_pixels_are_taken_exactly_and_veils_mixed(hand):
    lower, upper = hand.noise(16, 16, 1, 4), hand.noise(16, 16, 2, 4)
    lower[..., 3], upper[:8, :, 3], upper[8:12, :, 3], upper[12:, :, 3] = 255, 255, 0, 128
    mixed = lower.copy()
    lay_over(mixed, upper)
    assert np.array_equal(mixed[:8], upper[:8]) and np.array_equal(mixed[8:12], lower[8:12])
    expected = upper[12:, :, :3] * (128 / 255) + lower[12:, :, :3] * (127 / 255)
    assert np.abs(mixed[12:, :, :3] - expected).max() <= 1 and (mixed[12:, :, 3] == 255).all()
    assert np.array_equal(shifted(lower, 0.0, 0.0), lower[1:, 1:])


def test_a_surface_is_copied_when_it_is_painted_on(hand):
    first = Surface()
    first.write(Box(-10, 0, 300, 20), hand.noise(300, 20))
    second = first.copy()
    before = first.read(Box(-10, 0, 300, 20))
    second.write(Box(0, 0, 5, 5), hand.noise(5, 5, 3))
    assert np.array_equal(first.read(Box(-10, 0, 300, 20)), before)
    shared = [place for place in first.changed if first.changed[place] is second.changed[place]]
    assert len(shared) == len(first.changed) - 1


def test_snapping():
    assert snapped_box(Box(-9, 7, 20, 3)) == Box(-16, 0, 32, 16)


def test_other_threads_read_with_a_reader_of_their_own(document: Document, hand):
    pixels = hand.noise(256, 256)
    document.layers.put(pixels, 0, 0)
    seen = []

    def look() -> None:
        reader = document.reader()
        seen.append(reader.read(Box(0, 0, 256, 256)))
        reader.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert np.array_equal(seen[0][:, :, :3], pixels)


def test_known_pixels_are_kept_with_a_job(document: Document, hand):
    mask = hand.noise(40, 30)[:, :, 0] > 99
    job = document.jobs.add({}, Box(0, 0, 16, 16), [KnownPicture(Box(-50, 3, 40, 30), hand.noise(40, 30), mask)])
    (known,) = document.jobs.known(job.id)
    assert known.mask is not None and known.box == Box(-50, 3, 40, 30)
    assert np.array_equal(known.mask, mask) and np.array_equal(known.pixels[mask], hand.noise(40, 30)[mask])


def test_a_very_wide_document_stays_small_in_memory(document: Document):
    spot = np.full((256, 256, 3), 90, np.uint8)
    for column in range(0, 38912, 4864):
        document.layers.put(spot, column, 1792)
    document.layers.put(spot[:1, :1], 38911, 0)
    tracemalloc.start()
    seen = document.read(Box(0, 0, 2432, 128), 4)
    document.settle()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert document.bounds == Box(0, 0, 38912, 2048) and (seen[112:, :16, 0] == 90).all()
    assert peak < 40 * 2**20  # all of it decoded would be 304 MiB
    document.layers.put(spot, 2**45, 0)  # and a dot very far away is no reason to hold what lies between
    document.save_as(document.path.parent.parent.parent / "wide")
    document.save()
    small = document.thumbnail()
    assert small is not None and small.pixels.shape == (1, 256, 4) and small.pixels[0, 0, 3]
    assert small.box == document.bounds


def test_warming_changes_nothing_and_ends(document: Document):
    thread = warm()
    thread.join(10)
    assert not thread.is_alive() and document.bounds.empty
