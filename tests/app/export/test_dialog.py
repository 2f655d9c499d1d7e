"""The dialog as an artist uses it: what is shown for which format, what the line says, and what is written."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from app.document import Document, Region
from app.export import dialog as module
from app.export import image
from app.export.dialog import ExportDialog
from app.export.job import ExportJob
from app.jobs.queue import JobQueue
from app.session import Session
from app.settings import Settings
from engine.request import Box
from tests.app.inline_engines import FlatEngine

from .conftest import noise


@pytest.fixture
def session(qtbot, document: Document) -> Iterator[Session]:
    settings = Settings()
    queue = JobQueue(FlatEngine(), settings.get)
    session = Session(queue, settings, document)
    yield session
    session.close()
    queue.close()


@pytest.fixture
def dialog(session: Session, qtbot, out: Path) -> Iterator[ExportDialog]:
    session.set_region(Region(Box(-10, 5, 120, 60)))
    dialog = ExportDialog(session)
    qtbot.addWidget(dialog)
    dialog.fields.set_path(out / "a.png")
    dialog.show()
    yield dialog
    dialog.close()


def choose(dialog: ExportDialog, kind: str) -> None:
    dialog.fields.format.setCurrentIndex(dialog.fields.format.findData(kind))


def test_only_what_means_something_is_shown(dialog):
    fields = dialog.fields
    shown = {
        "PNG": {"bits", "recipe"}, "JPEG": {"quality"}, "WEBP": {"quality"}, "AVIF": {"quality"}, "TIFF": {"bits"},
        "ORA": {"recipe"},
    }  # fmt: skip
    for kind, wanted in shown.items():
        choose(dialog, kind)
        parts = {"bits": fields.bits, "quality": fields.quality, "recipe": fields.recipe}
        assert {name for name, part in parts.items() if part.isVisible()} == wanted, kind
        assert (
            dialog.request().format.kind == kind and Path(fields.file.text()).suffix in dialog.request().format.suffixes
        )


def test_the_line_tells_size_and_bytes(dialog, qtbot):
    assert "700 × 530 px" in dialog.line.text()
    qtbot.waitUntil(lambda: "about" in dialog.line.text(), timeout=5000)
    dialog.fields.what.setCurrentIndex(1)
    assert dialog.request().what == Box(-10, 5, 120, 60) and "120 × 60 px" in dialog.line.text()
    dialog.fields.what.setCurrentIndex(2)
    assert dialog.request().each_layer and "4 files" in dialog.line.text()


def test_scale_and_pixels_follow_one_another(dialog):
    fields = dialog.fields
    fields.scale.setValue(50)
    assert (fields.width_px.value(), fields.height_px.value()) == (350, 265)
    fields.width_px.setValue(333)
    assert fields.height_px.value() == 252 and fields.scale.value() == pytest.approx(47.57)
    assert "333 × 252 px" in dialog.line.text()


def test_limits_are_told_and_tiles_offered(dialog, session, qtbot):
    session.document.layers.put(noise(3, 2), 20_000, 0)
    dialog.close()
    dialog = ExportDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    choose(dialog, "WEBP")
    assert "16 383" in dialog.note.text() and not dialog.go.isEnabled() and dialog.fields.tiles.isVisible()
    dialog.fields.tiles.setChecked(True)
    assert dialog.note.text() == "" and dialog.go.isEnabled() and "2 files" in dialog.line.text()
    choose(dialog, "PNG")
    assert not dialog.fields.tiles.isVisible() and dialog.request().tiles is None
    dialog.close()


def test_exports_and_says_so(dialog, session, qtbot, out):
    with qtbot.waitSignal(session.said, timeout=10_000) as said, qtbot.waitSignal(dialog.accepted, timeout=10_000):
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
        assert not dialog.go.isEnabled() and not dialog.fields.isEnabled() and dialog.bar.isVisible()
    assert said.args == [f"Exported {out / 'a.png'}."]
    expected = session.document.read(session.document.bounds)[:, :, :3]
    assert np.array_equal(np.asarray(Image.open(out / "a.png")), expected)


def test_escape_cancels_and_stays_open(dialog, session, qtbot, out, monkeypatch):
    export = module.ExportJob.progress

    def slowly(self: ExportJob, share: float) -> bool:
        time.sleep(0.05)
        return export(self, share)

    monkeypatch.setattr(ExportJob, "progress", slowly)
    with qtbot.waitSignal(session.said, timeout=10_000) as said:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert "cancelled" in said.args[0] and dialog.isVisible() and dialog.go.isEnabled()
    assert list(out.iterdir()) == []


def test_packing_shows_that_it_is_busy_and_cancelling_acts_right_after(dialog, session, qtbot, out, monkeypatch):
    packing, packed = threading.Event(), threading.Event()

    def slowly(file, *arguments):
        for _strip in arguments[1]:
            pass
        packing.set()
        packed.wait(10)
        file.write(b"packed")

    monkeypatch.setattr(image, "encode", slowly)
    choose(dialog, "WEBP")
    dialog.go.click()
    qtbot.waitUntil(lambda: packing.is_set() and dialog.bar.maximum() == 0, timeout=5000)
    dialog.reject()
    assert "as soon as" in dialog.note.text() and not dialog.cancel.isEnabled()
    with qtbot.waitSignal(session.said, timeout=10_000) as said:
        packed.set()
    assert "cancelled" in said.args[0] and dialog.cancel.isEnabled() and not dialog.note.isVisible()
    assert list(out.iterdir()) == []


def test_what_goes_wrong_is_told_in_the_dialog(dialog, qtbot, out):
    dialog.fields.set_path(out / "none" / "a.png")
    dialog.go.click()
    qtbot.waitUntil(lambda: "does not exist" in dialog.note.text(), timeout=5000)
    assert dialog.isVisible() and dialog.go.isEnabled()


def test_closing_while_it_exports_leaves_no_thread(dialog, qtbot, out):
    dialog.go.click()
    dialog.close()
    assert not list(out.glob("*.part"))


def test_jpeg_fills_what_is_transparent(dialog):
    choose(dialog, "JPEG")
    assert dialog.request().ground is not None and not dialog.fields.fill.isEnabled()
    choose(dialog, "PNG")
    assert dialog.request().ground is None and dialog.fields.fill.isEnabled()
    dialog.fields.set_ground((1, 2, 3))
    assert dialog.request().ground == (1, 2, 3)


def test_an_empty_document_cannot_be_exported(qtbot, home):
    settings = Settings()
    queue = JobQueue(FlatEngine(), settings.get)
    session = Session(queue, settings, Document.new())
    dialog = ExportDialog(session)
    qtbot.addWidget(dialog)
    assert "nothing to export yet" in dialog.note.text() and not dialog.go.isEnabled()
    dialog.close()
    session.close()
    queue.close()
