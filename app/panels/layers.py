"""The layers from top to bottom, and above them what is still being painted."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.document import Layer
from app.session import Group, Session
from app.translation import tr

from .lists import RowsModel, RowsView
from .row_look import Mark, Row
from .rows import CLOSE, NamedSlider, Panel, ToolButton, key, label
from .thumbnails import Thumbnails

HIDE, SHOW, LOCK, UNLOCK = tr("Hide this layer"), tr("Show this layer"), tr("Lock this layer"), tr("Unlock this layer")
STATES = {
    "running": tr("painting"),
    "waiting": tr("waiting"),
    "paused": tr("paused"),
    "failed": tr("failed"),
    "done": tr("ready to accept"),
}
Key = tuple[str, int]  # "layer" or "group", and its number


class LayersPanel(Panel):
    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(session, tr("Layers"), parent)
        self._joins = 0  # the entry of a slider that is being dragged
        self._faded: float | None = None
        self._staged = 0  # groups that are listed
        self.thumbnails = Thumbnails(session, self)
        self._model = RowsModel(self, draggable=True, editable=True)
        self.list = RowsView(self._model, tr("Layers, the topmost first"))
        self.opacity = NamedSlider(tr("Opacity"), 0, 1, lambda value: f"{value * 100:.0f} %", in_line=True)
        self.empty = label(tr("Drop a picture on the canvas, or drag out a region and paint."), "secondary", wrap=True)
        self._add_buttons()
        self.rows.setSpacing(CLOSE)
        for each in (self.empty, self.list, self.opacity):
            self.rows.addWidget(each)
        self.rows.addStretch(1)
        self._fader = QTimer(self, singleShot=True, interval=40)  # a dragged slider writes no more often
        self._fader.timeout.connect(self._fade)
        self._bind()

    def _add_buttons(self) -> None:
        for icon, name, run in (
            ("plus", tr("Add an empty layer"), self.session.layers.add_layer),
            ("duplicate", tr("Duplicate this layer"), lambda: self._with_layer(self.session.layers.duplicate)),
            ("trash", tr("Delete this layer"), lambda: self._with_layer(self.session.layers.delete)),
        ):
            button = ToolButton(icon, name, run)
            button.setObjectName(icon)
            self.heading.add(button)

    def _bind(self) -> None:
        session = self.session
        for signal in (
            session.opened, session.layers_changed, session.staging_changed, session.plan_changed,
            session.selection_changed, self.thumbnails.changed,
        ):  # fmt: skip
            signal.connect(self.refresh_soon)
        self.list.chosen.connect(self._chosen)
        self.list.marked.connect(self._marked)
        self._model.renamed.connect(lambda which, name: session.layers.rename(which[1], name))
        self._model.dropped.connect(self._dropped)
        self.opacity.moved.connect(self._slide)
        self.opacity.released.connect(self._let_go)
        key(self.list, "Del", lambda: self._with_layer(session.layers.delete))
        key(self.list, "Space", lambda: self._press(SHOW, HIDE))
        for keys, up in (("Alt+Up", 1), ("Alt+Down", -1)):
            key(self.list, keys, lambda up=up: self._with_layer(lambda number: session.layers.step(number, up)))

    # ---- what is shown

    def refresh(self) -> None:
        layers = self.session.document.layers.all()
        groups = [self._group_row(group) for group in reversed(self.session.staging.groups())]
        self._model.set(groups + [self._layer_row(layer) for layer in reversed(layers)])
        self.list.choose(("layer", self.session.selected))
        if len(groups) > self._staged:
            self.list.scrollToTop()  # what has just begun is seen
        self._staged = len(groups)
        self.empty.setVisible(not self._model.all)
        self.list.setVisible(bool(self._model.all))
        self.list.updateGeometry()
        chosen = self.session.selected_layer()
        self.opacity.setEnabled(chosen is not None)
        self.opacity.setVisible(bool(layers))
        if self._faded is None:
            self.opacity.set(chosen.opacity if chosen else 1.0)
        for name in ("duplicate", "trash"):
            button = self.heading.findChild(ToolButton, name)
            assert isinstance(button, ToolButton)
            button.setEnabled(chosen is not None)

    def _layer_row(self, layer: Layer) -> Row:
        box = self.session.document.layers.box(layer.id)
        about = [f"{box.width} × {box.height}" if not box.empty else tr("empty")]
        about += [f"{layer.opacity * 100:.0f} %"] if layer.opacity < 1 else []
        about += [word for word, is_so in ((tr("hidden"), not layer.visible), (tr("locked"), layer.locked)) if is_so]
        marks = (
            Mark(HIDE if layer.visible else SHOW, "eye" if layer.visible else "eye-off", not layer.visible),
            Mark(UNLOCK if layer.locked else LOCK, "lock" if layer.locked else "unlock", layer.locked),
        )
        thumb, stamp = self.thumbnails.get(layer.id, box)
        return Row(
            ("layer", layer.id), layer.name, ", ".join(about), thumb, stamp, marks, dim=not layer.visible,
            label=layer.label,
        )  # fmt: skip

    def _group_row(self, group: Group) -> Row:
        job = group.shown
        progress = self.session.queue.progress(job.id)
        total = progress.total or len(
            self.session.staging.plans[job.id].boxes if job.id in self.session.staging.plans else ()
        )
        about = (
            [tr("variant {chosen} of {jobs}").format(chosen=group.chosen + 1, jobs=len(group.jobs))]
            if len(group.jobs) > 1
            else []
        )
        about.append(tr("done, others follow") if job.state == "done" != group.state else STATES[job.state])
        if job.state != "done" and total:
            about.append(tr("{done} of {total}").format(done=progress.done, total=total))
        thumb, stamp = self.thumbnails.get(job.layer, job.region.box)
        name = f"{group.region.box.width} × {group.region.box.height} px"
        return Row(
            ("group", group.number), tr("Staged, {name}").format(name=name), " · ".join(about), thumb, stamp, fixed=True
        )

    # ---- what the artist does

    def _chosen(self, which: Key) -> None:
        kind, number = which
        if kind == "layer":
            self.session.select(number)
        else:
            self.session.staging.choose_group(number)

    def _marked(self, which: Key, mark: str) -> None:
        if mark in (SHOW, HIDE):
            self.session.layers.show(which[1], mark == SHOW)
        else:
            self.session.layers.lock(which[1], mark == LOCK)

    def _press(self, *names: str) -> None:
        """The same by key, for the chosen row."""
        index = self._model.position(self.list.key)
        for mark in self._model.all[index].marks if index >= 0 else ():
            if mark.name in names:
                self._marked(self.list.key, mark.name)

    def _with_layer(self, run: Callable[[int], object]) -> None:
        if self.session.selected is not None:
            run(self.session.selected)

    def _dropped(self, which: Key, before: int) -> None:
        """Rows count from the top and begin with what is staged; positions count from the bottom, without the row."""
        order = [row.key[1] for row in self._model.all if row.key[0] == "layer"]
        staged = len(self._model.all) - len(order)
        above = [number for number in order[: max(before - staged, 0)] if number != which[1]]
        self.session.layers.reorder(which[1], len(order) - 1 - len(above))

    # ---- opacity, one entry of the history for a whole drag

    def _slide(self, value: float) -> None:
        self._faded = value
        if not self._fader.isActive():
            self._fader.start()

    def _fade(self) -> None:
        if self._faded is not None and self.session.selected is not None:
            value, self._faded = self._faded, None
            entry = self.session.layers.fade(self.session.selected, value, self._joins)
            self._joins = entry or 0 if self.opacity.slider.isSliderDown() else 0

    def _let_go(self) -> None:
        self._fader.stop()
        self._fade()
        self._joins = 0
