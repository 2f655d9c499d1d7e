"""The three faces of the bar: what is to be painted, what is being painted, and what came of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app import theme
from app.action_keys import hinted
from app.canvas.region_bar.floating import Chip, IconPush, Push
from app.canvas.region_bar.popovers import PlacePopover, SeedPopover
from app.canvas.region_bar.prompt_field import PromptField
from app.canvas.region_bar.widgets import (
    ORDERS,
    BarPage,
    Menu,
    Stepper,
    Words,
    estimate_words,
    order_icon,
    order_size,
    toggled,
)
from app.canvas.tools.toolbox import ToolBox
from app.document import Job
from app.jobs.progress import time_left
from app.session import Group, Session
from app.translation import tr

MOST_VARIANTS = 4
WIDEST = 420  # px of the reason why something could not be painted
EDGES = (0, 8, 16, 32, 64)  # px
STATES = {"running": tr("starting"), "waiting": tr("waiting"), "paused": tr("paused")}
FIRST_START = tr("preparing for this computer, a minute or two, only this once")


class SetupPage(BarPage):
    """Before painting: words, variants, seed, order, place, and the button that says what it will do."""

    def __init__(self, session: Session, view: QWidget):
        super().__init__(session)
        self.prompt = PromptField(session, view)
        self.variants = Stepper(tr("Variants"), tr("How many variants to paint of the region, to choose from"))
        self.seed = Chip(tr("Seed"), tr("The number that all chance comes from"))
        self.lock = IconPush("unlock", tr("Keep the seed"), tr("Paint with the same seed every time"), checkable=True)
        self.order = IconPush("automatic", tr("Order"))
        self.place = IconPush("region", tr("Place and size"), tr("Place and size in numbers"))
        self.estimate = Words()
        self.anew = Push(
            tr("Replace"), tr("Replace"), tr("Paints all of the region anew, what is there as well; it stays below")
        )
        self.edge = Stepper(
            tr("Edge"), tr("Pixels around the region over which what is new goes over into what is there")
        )
        self.main = Push(tr("Paint"), tr("Paint"), main=True)
        self.places, self.seeds, self.menu = PlacePopover(session, view), SeedPopover(session, view), Menu(self)
        for widget in (
            self.prompt, self.variants, self.seed, self.lock, self.order, self.place, self.edge, self.estimate,
            self.anew, self.main,
        ):  # fmt: skip
            self.row.addWidget(widget)
        self._connect()

    def _connect(self) -> None:
        self.variants.clicked.connect(self._choose_variants)
        self.variants.stepped.connect(lambda step: self._vary(self.session.options.variants + step))
        self.seed.clicked.connect(lambda: toggled(self.seeds, self.seed))
        self.lock.clicked.connect(lambda on: self.session.set_options(seed_locked=on))
        self.order.clicked.connect(self._choose_order)
        self.place.clicked.connect(lambda: toggled(self.places, self.place))
        self.edge.clicked.connect(self._choose_edge)
        self.edge.stepped.connect(lambda step: self._soften(self.session.options.feather + 4 * step))
        self.anew.clicked.connect(lambda: self.session.painting.paint(anew=True))
        self.main.clicked.connect(lambda: self.session.painting.paint())
        theme.changed.connect(self._show_order)

    def refresh(self) -> None:
        options, session = self.session.options, self.session
        self.variants.value = str(options.variants)
        self.edge.value = f"{options.feather:.0f} px"
        self.edge.setVisible(session.holds)
        self.anew.setVisible(session.holds and not session.replaces)
        self.seed.value = str(options.seed) if options.seed_locked else tr("any")
        self.lock.setChecked(options.seed_locked)
        self.lock.drawing.show("lock" if options.seed_locked else "unlock")
        self._show_order()
        alone = session.region is not None and session.painting.touches_nothing()
        self.prompt.refresh(alone)
        estimate = session.estimate
        self.main.setText(session.painting.verb())
        self.main.setAccessibleName(session.painting.verb())
        keys = hinted(tr("Paints the region"), session.settings, "paint")
        self.main.setToolTip(
            tr("{keys}, or {front}").format(
                keys=keys, front=hinted(tr("before all that waits"), session.settings, "paint_front")
            )
        )
        words = "" if estimate is None else estimate_words(estimate.patches, options.variants, estimate.seconds)
        self.estimate.say(tr("{words} · touches nothing").format(words=words) if alone else words)
        notes = session.sketch.notes if session.sketch else ()
        tips = [*notes, *([tr("No picture is near: the model invents freely.")] if alone else [])]
        self.estimate.setToolTip("\n".join(tips))
        self.prompt.say_of(" ".join(notes))

    def _show_order(self) -> None:
        _, words, drawings = next(each for each in ORDERS if each[0] == self.session.options.order)
        self.order.setIcon(order_icon(drawings))
        self.order.setIconSize(order_size(drawings))
        self.order.setFixedWidth(order_size(drawings).width() + 14)
        self.order.setToolTip(tr("Order: {words}").format(words=words))
        self.order.setAccessibleName(tr("Order: {words}").format(words=words))

    def _choose_variants(self) -> None:
        now = self.session.options.variants
        self.menu.offer(
            [(str(n), n == now, lambda n=n: self._vary(n), None) for n in range(1, MOST_VARIANTS + 1)]
        )  # fmt: skip
        self.menu.open_at(self.variants)

    def _choose_edge(self) -> None:
        now = self.session.options.feather
        self.menu.offer([(f"{n} px", n == now, lambda n=n: self._soften(n), None) for n in EDGES])
        self.menu.open_at(self.edge)

    def _soften(self, pixels: float) -> None:
        self.session.set_options(feather=min(max(pixels, EDGES[0]), EDGES[-1]))

    def _vary(self, number: int) -> None:
        self.session.set_options(variants=min(max(number, 1), MOST_VARIANTS))

    def _choose_order(self) -> None:
        self.menu.offer(
            [
                (
                    words,
                    order == self.session.options.order,
                    lambda o=order: self.session.set_options(order=o),
                    order_icon(d),
                )
                for order, words, d in ORDERS
            ]
        )
        self.menu.open_at(self.order)


class PaintingPage(BarPage):
    """While it is painted, or waits, or has stopped."""

    def __init__(self, session: Session):
        super().__init__(session)
        self.hold = Push(tr("Pause"), tr("Pause"), tr("Stops after this token; what is painted stays"))
        self.back = IconPush("left", tr("Variant before"), tr("The variant before"))
        self.next = IconPush("right", tr("Next variant"), tr("The next variant"))
        self.progress = Words()
        self.keep = Push(
            tr("Accept"), tr("Accept what is painted"), tr("Takes what is painted so far into the picture")
        )
        self.leave = Push(tr("Cancel"), tr("Cancel"), tr("Stops painting; finished patches are kept"))
        self.compare = IconPush("compare", tr("Variants side by side"), tr("All variants side by side"))
        for widget in (self.back, self.progress, self.next, self.compare, self.hold, self.keep, self.leave):
            self.row.addWidget(widget)
        self.back.clicked.connect(lambda: session.staging.next_variant(-1))
        self.next.clicked.connect(lambda: session.staging.next_variant(1))
        self.hold.clicked.connect(self._hold)
        self.keep.clicked.connect(lambda: session.staging.accept())
        self.leave.clicked.connect(self._leave)

    def refresh(self) -> None:
        group = self.session.staging.current
        if group is None:
            return
        state = group.state
        words = {"paused": tr("Resume"), "failed": tr("Try again")}.get(state, tr("Pause"))
        self.hold.setText(words)
        self.hold.setAccessibleName(words)
        going = state in ("running", "waiting")
        self.leave.setText(tr("Cancel") if going else tr("Discard"))
        self.leave.setAccessibleName(self.leave.text())
        progress = self.session.queue.progress(group.shown.id)
        finished = group.shown.state == "done"
        for button in (self.back, self.next, self.compare):
            button.setVisible(len(group.jobs) > 1)
        self.keep.setVisible(finished or (not going and progress.done > 0))
        self.keep.setToolTip(
            tr("Takes this variant; the others are not painted any further") if finished and going
            else tr("Takes what is painted so far into the picture")
        )  # fmt: skip
        self.progress.say(self._words(group))
        if group.shown.state == "failed":  # a long sentence would push the buttons out of the window
            short = self.progress.fontMetrics().elidedText(self.progress.text(), Qt.TextElideMode.ElideRight, WIDEST)
            self.progress.setText(short)
        self.progress.setToolTip(group.shown.message)

    def _words(self, group: Group) -> str:
        job, progress = group.shown, self.session.queue.progress(group.shown.id)
        if job.state == "failed":
            return job.message or tr("This could not be painted.")
        parts = (
            [tr("variant {chosen} of {jobs}").format(chosen=group.chosen + 1, jobs=len(group.jobs))]
            if len(group.jobs) > 1
            else []
        )
        if progress.total:
            parts.append(tr("{done} of {total}").format(done=progress.done, total=progress.total))
        if job.state == "running" and progress.seconds_left is not None:
            parts.append(time_left(progress.seconds_left))
        if job.state == "running" and self.session.queue.status.state == "preparing":
            parts.append(FIRST_START)
        elif job.state != "running" or not progress.total:
            parts.append(STATES.get(job.state, tr("done")))
        return " · ".join(parts)

    def _hold(self) -> None:
        for job in self._open_jobs():
            self.session.queue.pause_or_go_on(job)

    def _leave(self) -> None:
        if self._state() in ("paused", "failed"):
            self.session.staging.discard()
            return
        for job in self._open_jobs():
            self.session.queue.cancel(job.id)

    def _state(self) -> str:
        return self.session.staging.current.state if self.session.staging.current else ""

    def _open_jobs(self) -> list[Job]:
        group = self.session.staging.current
        return (
            [] if group is None else [job for job in group.jobs if job.state == group.state or job.state == "waiting"]
        )


class StagingPage(BarPage):
    """When it is done: which variant, and what becomes of it."""

    def __init__(self, session: Session, toolbox: ToolBox):
        super().__init__(session)
        self.toolbox = toolbox
        self._tips: dict[QWidget, str] = {}  # without keys
        self.back = IconPush("left", tr("Variant before"), tr("The variant before"))
        self.which = Words()
        self.next = IconPush("right", tr("Next variant"), tr("The next variant"))
        self.compare = IconPush("compare", tr("Variants side by side"), tr("All variants side by side"))
        self.more = Push(tr("+1 more"), tr("One more variant"), tr("Paints another variant"))
        self.reroll = Push(tr("Re-roll"), tr("Re-roll a patch"), tr("Click a patch to have it painted again"))
        self.doubt = Push(tr("Doubt"), tr("Doubt map"), tr("Shows how sure the model was of each patch"))
        self.discard = Push(tr("Discard"), tr("Discard"), tr("Sets the variants aside; the queue keeps them"))
        self.accept = Push(tr("Accept"), tr("Accept"), tr("Makes a layer of this variant"), main=True)
        for button in (self.reroll, self.doubt):
            button.setCheckable(True)
        for widget in (
            self.back, self.which, self.next, self.compare, self.more, self.reroll, self.doubt, self.discard,
            self.accept,
        ):  # fmt: skip
            self.row.addWidget(widget)
        self._connect()

    def _connect(self) -> None:
        session = self.session
        self.back.clicked.connect(lambda: session.staging.next_variant(-1))
        self.next.clicked.connect(lambda: session.staging.next_variant(1))
        self.more.clicked.connect(lambda: session.staging.one_more())
        self.reroll.clicked.connect(self._reroll)
        self.doubt.clicked.connect(lambda on: session.settings.set("doubt", on))
        self.discard.clicked.connect(lambda: session.staging.discard())
        self.accept.clicked.connect(lambda: session.staging.accept())
        session.settings.changed.connect(lambda key: self.refresh() if key == "doubt" else self._name_keys(key))
        self._name_keys("shortcuts")

    def _name_keys(self, key: str) -> None:
        """The keys that do the same, behind what the buttons say they do."""
        if key != "shortcuts":
            return
        actions = {
            self.back: "previous", self.next: "next", self.compare: "compare", self.more: "one_more",
            self.reroll: "reroll", self.doubt: "doubt", self.discard: "discard", self.accept: "accept",
        }  # fmt: skip
        for button, name in actions.items():
            says = self._tips.setdefault(button, button.toolTip())
            button.setToolTip(hinted(says, self.session.settings, name))

    def _reroll(self, on: bool) -> None:
        self.toolbox.rerolling = on

    def refresh(self) -> None:
        group = self.session.staging.current
        if group is None:
            return
        several = len(group.jobs) > 1
        for button in (self.back, self.next, self.compare):
            button.setVisible(several)
        self.which.say(
            tr("{chosen} of {jobs}").format(chosen=group.chosen + 1, jobs=len(group.jobs)) if several else ""
        )
        self.reroll.setChecked(self.toolbox.rerolling)
        self.reroll.setText(tr("Click a patch") if self.toolbox.rerolling else tr("Re-roll"))
        self.doubt.setChecked(bool(self.session.settings.get("doubt")))
