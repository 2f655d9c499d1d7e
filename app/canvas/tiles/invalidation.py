"""Brings changes of the document to the screen: few pixels at once, many through the loader."""

from typing import Protocol

from PySide6.QtCore import QRect

from app.canvas.camera import Camera
from app.canvas.overlays.minimap import Minimap
from app.canvas.tiles.backing_store import BackingStore
from app.canvas.tiles.clip_renderer import ClipRenderer, TileView
from app.canvas.tiles.mip_cache import FINE, aligned
from app.canvas.tiles.patch_fade import PatchFades
from app.canvas.tiles.tile_loader import PICTURE, read_box
from app.document.geometry import TILE, tiles_under
from engine.request import Box, UserError

AT_ONCE = 4  # tiles that are read in the window's own thread; each takes some 2 ms
PATCH = 512  # pixels to a side of what settles in softly; more is another view of things, not a patch
BRIEFLY = 500  # ms that a layer which is not staged any more is shown at most until the picture has its pixels


class Screen(TileView, Protocol):
    """The canvas with what is on the screen of it."""

    camera: Camera
    sheet: BackingStore
    fades: PatchFades
    film: ClipRenderer
    minimap: Minimap

    def open(self) -> None: ...
    def let_go(self) -> None: ...
    def first_picture(self) -> None: ...
    def retire_after(self, milliseconds: int) -> None: ...
    def lay_rulers(self) -> None: ...
    def update(self) -> None: ...
    def isVisible(self) -> bool: ...


class Invalidation:
    """Slots for the session's signals."""

    def __init__(self, view: Screen):
        self._view = view
        session = view.session
        session.opened.connect(view.open)
        session.closing.connect(view.let_go)  # before a document is left as one file
        session.pixels_changed.connect(self.pixels)
        session.layers_changed.connect(self.layers)
        session.staging_changed.connect(self.staging)
        session.staged_changed.connect(self.staged)
        session.growing_changed.connect(self.growing)
        session.settings.changed.connect(self.setting)
        for signal in (
            session.region_changed, session.plan_changed, session.estimate_changed, session.options_changed,
        ):  # fmt: skip
            signal.connect(view.update)

    def pixels(self, box: Box) -> None:
        """Of the picture."""
        view = self._view
        was_empty, papers = view.picture.bounds.empty, view.picture.papers
        if box.empty:
            return
        view.picture.measure()
        self._renew_picture(box)
        for paper in set(papers) ^ set(view.picture.papers):
            view.spoil(paper)
        view.minimap.spoil()
        view.spoil(box)
        if was_empty and not view.picture.bounds.empty:
            view.first_picture()
        self._view.fetch()

    def layers(self) -> None:
        self._view.picture.measure()
        self._view.film.lay_anew()
        self._view.minimap.follow()
        self._view.update()

    def staging(self) -> None:
        """Another variant, one more, or one less; what goes stays until what comes is there."""
        view = self._view
        for box in view.picture.restage():
            view.spoil(box)
        if view.picture.retiring:
            view.retire_after(BRIEFLY)
        view.fetch()
        view.update()

    def staged(self, box: Box) -> None:
        """Pixels of some variants; those that are shown come first."""
        view = self._view
        if box.empty:
            return
        shown = {layer for layer, _ in view.picture.staged}
        self._soften(box)
        for layer in {source for source in view.pyramid.sources() if source > PICTURE} | shown:
            if layer in shown:
                self._renew(layer, box)
            else:
                view.pyramid.changed(layer, box)
        view.spoil(box)
        view.fetch()

    def growing(self, box: Box) -> None:
        self._view.spoil(box)

    def setting(self, key: str) -> None:
        view = self._view
        if key == "ground":
            view.sheet.spoil()
        elif key == "rulers":
            view.lay_rulers()
        elif key == "cache_mib":
            view.pyramid.limit = int(view.session.settings.get("cache_mib")) * 2**20
        view.minimap.follow()
        view.update()

    # ---- few pixels or many

    def _renew_picture(self, box: Box) -> None:
        """With those parts of it that clips lie between."""
        view = self._view
        shown = dict(view.film.sources())
        for source in {PICTURE} | shown.keys():
            self._renew(source, box)
        for part in {source for source in view.pyramid.sources() if source < PICTURE} - shown.keys():
            view.pyramid.changed(part, box)

    def _renew(self, source: int, box: Box) -> None:
        """Mends the tiles under a small box at once; marks those under a large one, which are drawn until read."""
        view = self._view
        level = min(max(view.camera.coarser, view.camera.level), FINE)
        here = box.intersect(view.camera.seen())
        few = not here.empty and sum(1 for _ in tiles_under(aligned(box, level))) <= AT_ONCE
        few = few and view.camera.level <= FINE
        # Layers that lie over one another are joined in another way on coarse levels: those are read again.
        view.pyramid.changed(source, box, -1 if not few else 0 if source <= PICTURE else level)
        if few:
            try:
                document = view.session.document
                view.pyramid.mend(source, box, lambda wide: read_box(document, source, wide), level)
            except UserError as error:
                view.session.failed.emit(str(error))

    def _soften(self, box: Box) -> None:
        view = self._view
        if max(box.width, box.height) > PATCH or view.session.settings.get("reduce_motion") or not view.isVisible():
            return
        left, top, right, bottom = view.camera.edges(box)
        rect = QRect(left, top, right - left, bottom - top).intersected(view.sheet.all)
        if not rect.isEmpty() and max(right - left, bottom - top) <= 4 * TILE:
            view.fades.add(*view.sheet.cut(rect))
