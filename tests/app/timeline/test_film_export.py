"""Films out of the window: what they show, what stands still in them, and what happens when they cannot be written."""

import errno
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.document import Region
from app.export.film import FilmRequest, check_request
from app.export.film_dialog import FilmDialog
from engine.media import video as films
from engine.media.video import film_facts, read_film
from engine.request import Box, UserError

from .conftest import Bench


def written(bench: Bench, dialog: FilmDialog, path: Path, suffix: str) -> None:
    dialog.show()
    dialog.kind.setCurrentIndex(dialog.kind.findData(suffix))
    dialog.file.setText(str(path))
    assert dialog.go.isEnabled(), dialog.note.text()
    dialog.go.click()
    bench.until(lambda: dialog.job is None)


def frames(folder: Path) -> list[np.ndarray]:
    return [np.asarray(Image.open(path)) for path in sorted(folder.iterdir())]


def test_a_clip_is_written_frame_by_frame(bench: Bench, tmp_path: Path):
    clip = bench.clip(5, size=(95, 63))
    bench.paint(clip.id)
    written(bench, FilmDialog(bench.session, bench.frame), tmp_path / "frames", "")
    found = frames(tmp_path / "frames")
    assert len(found) == 5
    for number, frame in enumerate(found):
        assert np.array_equal(frame, bench.pixels(clip.id, number))


def test_an_odd_size_becomes_a_film_all_the_same(bench: Bench, tmp_path: Path):
    bench.clip(6, size=(95, 63))
    written(bench, FilmDialog(bench.session, bench.frame), tmp_path / "film.mp4", ".mp4")
    assert film_facts(tmp_path / "film.mp4")["fps"] == 12 and sum(1 for _ in read_film(tmp_path / "film.mp4")) == 6
    assert [path.name for path in tmp_path.glob("film*")] == ["film.mp4"]


def test_the_canvas_over_time_has_what_stands_still_under_and_over_what_moves(bench: Bench, tmp_path: Path):
    layers = bench.session.document.layers
    layers.put(np.full((64, 64, 3), 10, np.uint8), 0, 64, "Below")
    clip = bench.clip(4)
    bench.paint(clip.id)
    layers.put(np.full((16, 16, 3), 250, np.uint8), clip.box.x, clip.box.y, "Above")
    bounds = bench.session.document.bounds
    for number, frame in enumerate(canvas_over_time(bench, tmp_path / "frames")):
        assert frame.shape == (bounds.height, bounds.width, 3)
        moving = frame[clip.box.slices(bounds)]
        assert (moving[:16, :16] == 250).all() and (frame[64 - bounds.y : 128 - bounds.y, :64] == 10).all()
        assert np.array_equal(moving[16:], bench.pixels(clip.id, number)[16:])


def test_a_film_lets_through_what_its_layer_does_and_outlives_it(bench: Bench, tmp_path: Path):
    layers = bench.session.document.layers
    clip = bench.clip(3)
    layers.reorder(layers.put(np.full((64, 96, 3), 10, np.uint8), clip.box.x, clip.box.y, "Below").id, 0)
    bench.paint(clip.id)
    assert clip.layer is not None
    layers.fade(clip.layer, 0.5)
    faded = canvas_over_time(bench, tmp_path / "faded")[1]
    assert np.abs(faded - (bench.pixels(clip.id, 1) * 0.5 + 5)).max() <= 1
    with bench.session.document.history.edit("Delete") as edit:  # as versions did that left the clip
        edit.change("layers", clip.layer, present=0)
    assert np.array_equal(canvas_over_time(bench, tmp_path / "gone")[1], bench.pixels(clip.id, 1))


def canvas_over_time(bench: Bench, path: Path) -> list[np.ndarray]:
    dialog = FilmDialog(bench.session, bench.frame)
    dialog.what.setCurrentIndex(dialog.what.findText("Whole canvas over time"))
    written(bench, dialog, path, "")
    return frames(path)


def test_what_is_not_painted_is_told_and_the_still_stands_in(bench: Bench, tmp_path: Path):
    clip = bench.clip(3)
    dialog = FilmDialog(bench.session, bench.frame)
    assert "2 frames are not painted yet" in dialog.note.text()
    written(bench, dialog, tmp_path / "frames", "")
    still = bench.pixels(clip.id, 0)
    assert all(np.array_equal(frame, still) for frame in frames(tmp_path / "frames"))


def test_a_region_and_a_rate_that_a_gif_cannot_count(bench: Bench):
    clip = bench.clip(12)
    bench.session.set_region(Region(clip.box._replace(width=32)))
    dialog = FilmDialog(bench.session, bench.frame)
    dialog.what.setCurrentIndex(dialog.what.findText("Region over time"))
    dialog.kind.setCurrentIndex(dialog.kind.findData(".gif"))
    assert dialog.request().fps == 12.5 and dialog.line.text().startswith("32 × 64 px")
    assert [dialog.rates.itemData(n) for n in range(dialog.rates.count())] == [10, 12.5, 20, 25, 50]
    assert dialog.rates.isVisibleTo(dialog) and not dialog.fps.isVisibleTo(dialog)
    dialog.rates.setCurrentIndex(3)
    assert dialog.request().fps == 25 and "hundredths" not in dialog.note.text()
    dialog.kind.setCurrentIndex(dialog.kind.findData(".mp4"))
    assert dialog.request().fps == 12 and dialog.fps.isVisibleTo(dialog) and not dialog.alpha.isEnabled()
    dialog.reject()


def test_what_is_transparent_stays_so_or_becomes_paper(bench: Bench, tmp_path: Path):
    clip = bench.clip(3)
    bench.paint(clip.id)
    bench.session.set_region(Region(clip.box.grow(16)))
    for kept in (True, False):
        dialog = FilmDialog(bench.session, bench.frame)
        dialog.what.setCurrentIndex(dialog.what.findText("Region over time"))
        dialog.alpha.setChecked(kept)
        written(bench, dialog, tmp_path / f"kept {kept}", "")
        files = sorted((tmp_path / f"kept {kept}").iterdir())
        rim = [np.asarray(Image.open(file))[0, 0].tolist() for file in files]
        assert rim == [[0, 0, 0, 0] if kept else [0xE9, 0xE4, 0xD8]] * 3
        middle = np.asarray(Image.open(files[1]))[16:-16, 16:-16]
        assert np.array_equal(middle[:, :, :3], bench.pixels(clip.id, 1))
        assert not kept or (middle[:, :, 3] == 255).all()


def test_a_full_disk_is_told_and_leaves_nothing(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    bench.clip(3)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(films._Folder, "add", full)
    dialog = FilmDialog(bench.session, bench.frame)
    written(bench, dialog, tmp_path / "frames", "")
    assert dialog.isVisible() and dialog.note.text() and not list(tmp_path.glob("frames*"))
    dialog.reject()


def test_escape_stops_it_and_leaves_nothing(bench: Bench, tmp_path: Path):
    clip = bench.clip(400)
    dialog = FilmDialog(bench.session, bench.frame)
    dialog.show()
    dialog.times.setValue(100)
    dialog.file.setText(str(tmp_path / "long.mp4"))
    dialog.go.click()
    QTest.qWait(50)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    bench.until(lambda: dialog.job is None)
    assert dialog.isVisible() and not list(tmp_path.glob("long*")) and bench.timeline.clip(clip.id)
    dialog.reject()


def test_nothing_to_export_is_told_before_the_work(tmp_path: Path):
    with pytest.raises(UserError, match="nothing to export"):
        check_request(FilmRequest(tmp_path / "a.mp4", Box(0, 0, 0, 0), 0, 5, 12, 12))
    with pytest.raises(UserError, match="nothing to export"):
        check_request(FilmRequest(tmp_path / "a.mp4", Box(0, 0, 8, 8), 5, 5, 12, 12))
    request = FilmRequest(tmp_path / "a.gif", Box(0, 0, 8, 8), 0, 12, 12, 25, times=2)
    assert request.frames == 50 and request.moments[:4] == [0, 0, 0, 1] and request.moments[-1] == 11
