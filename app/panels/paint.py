"""How the next region is painted: how far the picture is followed, freedom, order, model, variants and seed."""

from PySide6.QtWidgets import QComboBox, QPushButton, QSpinBox, QWidget

from app import theme
from app.session import Session
from app.session.values import MOST_VARIANTS
from app.translation import tr

from .recipe import ORDERS
from .rows import CLOSE, Disclosure, NamedSlider, Panel, ToolButton, row

SIZES = {0.0: tr("Automatic"), 1.0: tr("Full size"), 2.0: tr("Half"), 3.0: tr("A third"), 4.0: tr("A quarter")}
MOST_SEED = 2**31 - 1  # what the field holds; a recipe's larger seed is shown cut


class PaintPanel(Panel):
    def __init__(self, session: Session, parent: QWidget | None = None):
        super().__init__(session, tr("Paint"), parent)
        self.exemplar = NamedSlider(tr("Follow the picture"), 0.0, 1.0, percent)
        self.exemplar.setToolTip(
            tr(
                "How far what is painted is made of what the picture shows, down to its brushwork. "
                "0 % is the model alone."
            )
        )
        self.lively = NamedSlider(tr("Calm to lively"), 0.0, 1.0, percent)
        self.lively.setToolTip(tr("Calm goes on with the ground and lets little begin; lively sets things into it."))
        self.scale = QComboBox()
        for scale, words in SIZES.items():
            self.scale.addItem(words, scale)
        self.scale.setToolTip(
            tr(
                "How small it is painted before it gets the picture's own brushwork. Small sees whole forms; full size "
                "sees only leaves and strokes."
            )
        )
        self.propose, self.clear = QPushButton(tr("Propose")), QPushButton(tr("Clear"))
        self.propose.setToolTip(tr("Marks seals, signatures and lettering, to be seen and changed with the brush"))
        self.clear.setToolTip(tr("Everything may be taken from again"))
        self.of_following = row(tr("Painted at"), self.scale), row(tr("Do not take from"), self.propose, self.clear)
        self.freedom = NamedSlider(tr("Freedom"), 0.1, 2.0)
        self.freedom.setToolTip(tr("Low stays close to what is likely, high dares more. 1.00 is the model's own."))
        self.follow = NamedSlider(tr("Follow the words"), 1.0, 6.0)
        self.follow.setToolTip(tr("How strictly words are followed. Above 1.00 painting takes twice the time."))
        self.grain = NamedSlider(tr("Grain"), 0.0, 1.5)
        self.grain.setToolTip(tr("How much of the surface of the picture, its weave or paper, what is painted gets."))
        self.order, self.model = QComboBox(), QComboBox()
        for words in ORDERS.values():
            self.order.addItem(words)
        self.variants, self.seed = QSpinBox(), QSpinBox()
        for box in (self.variants, self.seed):
            theme.inset(box)
        self.variants.setRange(1, MOST_VARIANTS)
        self.seed.setRange(0, MOST_SEED)
        self.lock = ToolButton(
            "lock", tr("Keep this seed: the same region is painted the same way again"), checkable=True
        )
        self.more = Disclosure(tr("More settings"), *self.of_following, row(tr("Order"), self.order))
        self.rows.setSpacing(CLOSE)
        for line in (
            self.exemplar, self.lively, self.freedom, self.follow, self.grain, row(tr("Model"), self.model),
            row(tr("Variants"), self.variants), row(tr("Seed"), self.lock, self.seed), self.more,
        ):  # fmt: skip
            self.rows.addWidget(line)
        self.rows.addStretch(1)
        self.seed.setAccessibleName(tr("Seed"))
        self._bind()

    def _bind(self) -> None:
        session = self.session
        session.options_changed.connect(self.refresh_soon)
        self.exemplar.moved.connect(lambda value: session.set_options(exemplar=value))
        self.lively.moved.connect(lambda value: session.set_options(lively=value))
        self.propose.clicked.connect(lambda: session.marks.propose())
        self.clear.clicked.connect(lambda: session.marks.clear())
        session.marks.changed.connect(self.refresh_soon)
        self.scale.activated.connect(lambda at: session.set_options(scale=self.scale.itemData(at)))
        self.freedom.moved.connect(lambda value: session.set_options(freedom=value))
        self.follow.moved.connect(lambda value: session.set_options(guidance=value))
        self.grain.moved.connect(lambda value: session.set_options(grain=value))
        self.order.activated.connect(lambda at: session.set_options(order=list(ORDERS)[at]))
        self.model.activated.connect(lambda at: session.set_options(model=self.model.itemData(at)))
        self.variants.valueChanged.connect(lambda number: session.set_options(variants=number))
        # A seed that was written by hand is meant to be used.
        self.seed.valueChanged.connect(lambda number: session.set_options(seed=number, seed_locked=True))
        self.lock.clicked.connect(lambda down: session.set_options(seed_locked=down))

    def refresh(self) -> None:
        options = self.session.options
        held = [each.blockSignals(True) for each in (self.variants, self.seed)]
        self.exemplar.set(options.exemplar)
        self.lively.set(options.lively)
        self._show_scale(options.scale)
        self.clear.setEnabled(self.session.marks.any)
        follows = options.exemplar > 0
        for each in (self.lively, *self.of_following):
            each.setVisible(follows)
        self.grain.setVisible(not follows)  # its own surface comes with the picture that is followed
        self.freedom.set(options.freedom)
        self.follow.set(options.guidance)
        self.grain.set(options.grain)
        self.follow.setVisible(self.session.knows_words())
        self.order.setCurrentIndex(list(ORDERS).index(options.order))
        self._refresh_models(options.model)
        if self.variants.value() != options.variants:
            self.variants.setValue(options.variants)
        if self.seed.value() != options.seed:
            self.seed.setValue(min(options.seed, MOST_SEED))
        self.lock.setChecked(options.seed_locked)
        self.lock.rename(self.lock.toolTip(), "lock" if options.seed_locked else "unlock")
        for each, before in zip((self.variants, self.seed), held, strict=True):
            each.blockSignals(before)

    def _show_scale(self, scale: float) -> None:
        """One that stands in no list, from a recipe of another program, is shown as what it is."""
        if self.scale.findData(scale) < 0:
            self.scale.addItem(f"1 / {scale:g}", scale)
        self.scale.setCurrentIndex(self.scale.findData(scale))

    def _refresh_models(self, chosen: str) -> None:
        names = [model.name for model in self.session.models() if not model.problem]
        names += [chosen] if chosen not in names else []
        if names != [self.model.itemText(at) for at in range(self.model.count())]:
            self.model.clear()
            for name in names:
                self.model.addItem(name, name)
        self.model.setCurrentIndex(names.index(chosen))


def percent(value: float) -> str:
    return f"{100 * value:.0f} %"
