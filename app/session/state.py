"""What is open and what the artist has chosen: values and signals that all parts of the session share."""

import re
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.document import Document, Layer, Region
from app.document.geometry import snapped
from app.jobs.model_registry import ModelInfo, models
from app.jobs.queue import JobQueue
from app.settings import Settings
from engine.request import Box, Planned

from .values import (
    MOST_VARIANTS,
    RECENT_COLOURS,
    TOOLS,
    Brush,
    Colour,
    Estimate,
    PaintOptions,
    new_seed,
    reports_errors,
)

KEPT = ("exemplar", "lively", "scale", "feather")  # options that the settings keep
REPLANNED = {"order", "model", "prompt", "exemplar", "scale", "feather", "wrap"}  # options that a plan depends on
COLOUR = re.compile("#[0-9a-f]{6}")


class SessionState(QObject):
    """`opened` tells that another document is open, and everything is to be read anew.

    sketch and estimate: what painting the region would mean, None before it is known. holds, replaces: whether
    something in the region is known, or all of it; False until it rests.
    """

    opened = Signal()
    saving = Signal()
    closing = Signal()  # the file is about to be closed or moved: readers of it are to be let go
    pixels_changed = Signal(object)
    layers_changed = Signal()
    history_changed = Signal()
    title_changed = Signal()
    selection_changed = Signal()
    layer_edited = Signal(int)  # what it holds, or where it lies
    placed = Signal()  # the last of the pictures that were on their way has come
    said = Signal(str)
    noticed = Signal(str)  # what was not done as it was asked, though nothing has failed
    failed = Signal(str)

    tool_changed = Signal()
    brush_changed = Signal()
    options_changed = Signal()
    region_changed = Signal()
    meaning_changed = Signal()  # the region or an option: what painting would mean is to be looked at anew
    estimate_changed = Signal()
    plan_changed = Signal()

    staging_changed = Signal()
    staged_changed = Signal(object)
    growing_changed = Signal(object)
    sources_changed = Signal()

    def __init__(
        self, queue: JobQueue, settings: Settings, document: Document | None = None, parent: QObject | None = None
    ):
        super().__init__(parent)
        self.queue, self.settings = queue, settings
        self.document = document or Document.new()
        self.selected: int | None = None
        self.tool, self.brush, self.options = "region", Brush(), PaintOptions(seed=new_seed())
        self.options = replace(self.options, **{key: float(settings.get(key)) for key in KEPT})
        self.region: Region | None = None
        self.sketch: Planned | None = None
        self.estimate: Estimate | None = None
        self.holds = self.replaces = False
        self._models = models()
        self._read_options()
        self.opened.connect(self._read_options)

    # ---- layers

    def select(self, number: int | None) -> None:
        """A layer, or none."""
        if number != self.selected:
            self.selected = number
            self.selection_changed.emit()

    def selected_layer(self) -> Layer | None:
        """None where none is chosen, or it is not in the picture any more."""
        return next((layer for layer in self.document.layers.all() if layer.id == self.selected), None)

    def chosen_box(self) -> Box:
        """Of the chosen layer, or of all that is there."""
        layer = self.selected_layer()
        return self.document.layers.box(layer.id) if layer else self.document.bounds

    def snapped(self, value: float) -> int:
        """The nearest place on the grid of 16 px that is anchored with the patches, or the nearest pixel."""
        return snapped(round(value)) if self.settings.get("snap") else round(value)

    # ---- tools

    def set_tool(self, name: str) -> None:
        if name not in TOOLS:
            raise ValueError(f"there is no tool {name}")
        if name != self.tool:
            self.tool = name
            self.tool_changed.emit()

    def set_brush(self, **changes: Any) -> None:
        self.brush = replace(self.brush, **changes)
        self.brush_changed.emit()

    def recent_colours(self) -> list[Colour]:
        """Those that were painted with, the latest first; what else the settings hold there is left out."""
        kept = self.settings.get("recent_colours")
        names = [name for name in kept if isinstance(name, str) and COLOUR.fullmatch(name)]
        return [(int(name[1:3], 16), int(name[3:5], 16), int(name[5:], 16)) for name in names][:RECENT_COLOURS]

    def remember_colour(self, colour: Colour) -> None:
        kept = [colour, *(each for each in self.recent_colours() if each != colour)][:RECENT_COLOURS]
        self.settings.set("recent_colours", [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in kept])

    # ---- region and options

    def set_region(self, region: Region | None) -> None:
        """What is to be painted; None takes the frame away. Nothing of the picture changes."""
        if region is not None and region.box.empty:
            region = None
        self.region, self.sketch, self.estimate = region, None, None
        self.holds = self.replaces = False
        self.region_changed.emit()
        self.plan_changed.emit()
        self.meaning_changed.emit()

    @reports_errors
    def _read_options(self) -> None:
        """Those that the document keeps."""
        self.set_options(wrap=self.document.wraps)

    @reports_errors
    def set_options(self, **changes: Any) -> None:
        if "wrap" in changes:
            self.document.wraps = changes["wrap"]
        if "variants" in changes:
            changes["variants"] = min(max(int(changes["variants"]), 1), MOST_VARIANTS)
        options = replace(self.options, **changes)
        if options != self.options:
            self.options = options
            self.options_changed.emit()
            for key in changes.keys() & {*KEPT}:
                self.settings.set(key, getattr(options, key))
            if changes.keys() & REPLANNED:
                self.meaning_changed.emit()

    # ---- models

    def models(self) -> tuple[ModelInfo, ...]:
        return self._models

    def refresh_models(self) -> None:
        self._models = models()
        self.options_changed.emit()

    @property
    def patch_px(self) -> int:
        found = [model.patch_px for model in self._models if model.name == self.options.model]
        return found[0] if found else 128

    def knows_words(self) -> bool:
        """Whether the chosen model reads prompts."""
        return any(model.words for model in self._models if model.name == self.options.model)

    def known_words(self) -> tuple[str, ...]:
        """What the chosen model can be told; none before it is in memory."""
        return self.queue.known_words(self.options.model)
