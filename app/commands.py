"""What entries of the menus do beyond one call of the session: the clipboard, layers by keyboard, dialogs."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from app.action_keys import hinted
from app.dialogs.pages import sure_to_delete
from app.document import Region
from app.document.geometry import around, snapped_box
from app.qimages import image_of, pixels_of
from app.translation import tr
from app.workbench import Workbench
from engine.request import Box, UserError

FRAME_PATCHES = 2  # how deep a frame is that is put beside the picture
MOST_COPIED = 2**26  # pixels that the clipboard is given


class Commands:
    def __init__(self, window: Workbench):
        self._window, self._session = window, window.session

    # ---- painting

    def frame_beside(self, right: int, down: int) -> None:
        """A region along one side of the chosen layer; pressed again, beyond the one that is there."""
        session = self._session
        box = session.region.box if session.region else session.chosen_box()
        if box.empty:
            session.failed.emit(
                tr("There is nothing to continue yet. {place}, or drag out a region.").format(
                    place=hinted(tr("Place a picture first"), session.settings, "place")
                )
            )
            return
        guide = session.document.guide
        depth = FRAME_PATCHES * (guide.patch if guide else 128)
        width, height = (depth, box.height) if right else (box.width, depth)
        x = box.right if right > 0 else box.x - width if right else box.x
        y = box.bottom if down > 0 else box.y - height if down else box.y
        beside = Box(x, y, width, height)
        session.set_region(Region(snapped_box(beside) if session.settings.get("snap") else beside))
        self._window.show_box(around([box, beside]))

    def fit_region(self) -> None:
        if self._session.region:
            self._window.view.fit(self._session.region.box)

    def pause_or_resume(self) -> None:
        """Pauses all that is painted; when nothing is, all that was paused goes on."""
        queue = self._session.queue
        busy = any(job.state in ("running", "waiting") for job in self._session.document.jobs.all())
        queue.pause_all() if busy else queue.resume_all()

    def accept(self) -> None:
        if not self._window.hands.busy:
            self._session.staging.accept()

    def discard(self) -> None:
        """Esc takes back a gesture that goes on before it touches what is staged."""
        if self._window.hands.rerolling:
            self._window.hands.rerolling = False
        elif not self._window.hands.cancel():
            self._session.staging.discard()

    def pick_patch(self) -> None:
        """The next click on a patch of the staged result paints it again."""
        self._window.hands.rerolling = not self._window.hands.rerolling

    def take_tool(self, name: str) -> None:
        """A tool is for the canvas: the keys are its own from now on, wherever the letter was pressed."""
        self._session.set_tool(name)
        self._window.view.setFocus()

    def delete(self) -> None:
        """What is in the region goes, where there is one; a layer only without."""
        if self._session.region is None:
            self.delete_layer()
        elif not self._window.hands.busy:
            self._session.painting.clear_region()

    def forget_history(self) -> None:
        """All steps back are given up for a smaller file, once the artist has confirmed it."""
        question = tr("Forget everything that can be undone?")
        then = tr(
            "The picture stays as it is, and the file becomes smaller. Nothing can be undone or redone any more, and "
            "variants beside those that you accepted are gone."
        )
        if not self._window.hands.busy and sure_to_delete(self._window, question, then, tr("Forget")):
            self._session.forget_history()

    # ---- the clipboard

    def copy(self) -> None:
        """The part of the picture in the region, or the chosen layer, or all of it."""
        session = self._session
        box = session.region.box if session.region else session.chosen_box()
        if box.width * box.height > MOST_COPIED:
            session.failed.emit(
                tr("This is too large for the clipboard. Choose a smaller region, or {export}.").format(
                    export=hinted(tr("export it"), session.settings, "export")
                )
            )
            return
        whole = session.region is None and session.selected is not None
        document = session.document
        pixels = document.read_layer(session.selected, box) if whole and session.selected else document.read(box)
        QGuiApplication.clipboard().setImage(image_of(pixels))
        session.said.emit(tr("Copied {width} × {height} px.").format(width=box.width, height=box.height))

    def paste(self) -> None:
        """A picture or files, at the pointer when it is over the canvas, else in the middle of what is seen."""
        data, session = QGuiApplication.clipboard().mimeData(), self._session
        urls = data.urls() if data is not None and data.hasUrls() else []  # an empty clipboard has no data
        paths = [url.toLocalFile() for url in urls if url.isLocalFile()]
        x, y = self._window.place_for_new()
        for number, path in enumerate(paths):
            session.documents.place(path, x + 32 * number, y + 32 * number)
        if not paths and not (image := QGuiApplication.clipboard().image()).isNull():
            session.documents.place_pixels(pixels_of(image), x, y, tr("Pasted"))
        elif not paths:
            session.failed.emit(tr("There is no picture in the clipboard. Copy one and try again."))

    # ---- layers

    def duplicate(self) -> None:
        if layer := self._session.selected_layer():
            self._session.layers.duplicate(layer.id)

    def delete_layer(self) -> None:
        if (layer := self._session.selected_layer()) and not self._window.hands.busy:
            self._session.layers.delete(layer.id)

    def cut_to_region(self) -> None:
        if (layer := self._session.selected_layer()) and self._session.region:
            self._session.layers.cut_to(layer.id, self._session.region.box)

    def show_shape(self) -> None:
        from app.dialogs.layer_shape import LayerShapeDialog

        layer = self._session.selected_layer()
        if layer is None:
            return
        try:
            dialog = LayerShapeDialog(self._session, layer.id, self._window)
        except UserError as error:
            self._session.failed.emit(str(error))
            return
        self._open(dialog, modal=False)

    def reorder(self, step: int) -> None:
        if layer := self._session.selected_layer():
            self._session.layers.step(layer.id, step)

    def choose(self, step: int) -> None:
        layers = self._session.document.layers.all()
        if layer := self._session.selected_layer():
            self._session.select(layers[min(max(layers.index(layer) + step, 0), len(layers) - 1)].id)

    def show_or_hide(self) -> None:
        if layer := self._session.selected_layer():
            self._session.layers.show(layer.id, not layer.visible)

    def lock_or_unlock(self) -> None:
        if layer := self._session.selected_layer():
            self._session.layers.lock(layer.id, not layer.locked)

    # ---- windows of their own

    def show_settings(self) -> None:
        from app.dialogs.settings import SettingsDialog

        self._open(SettingsDialog(self._session.settings, self._session.queue, self._window))

    def show_shortcuts(self) -> None:
        from app.dialogs.shortcuts import ShortcutsDialog

        self._open(ShortcutsDialog(self._session.settings, self._window))

    def show_about(self) -> None:
        from app.dialogs.about import AboutDialog

        self._open(AboutDialog(self._session, self._window))

    def show_manual(self) -> None:
        from app.manual import Manual

        self._open(Manual(self._window), modal=False)

    def _open(self, dialog: QDialog, modal: bool = True) -> None:
        """One of a kind at a time; the window goes on painting behind it."""
        for child in self._window.findChildren(QWidget):
            if type(child) is type(dialog) and child is not dialog and child.isVisible():
                dialog.deleteLater()
                child.raise_()
                child.activateWindow()
                return
        dialog.open() if modal else dialog.show()
