"""The bar: what it offers, where it is, and that keys alone reach all of it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.canvas.region_bar.prompt_field import PromptField
from app.canvas.region_bar.widgets import ORDERS, estimate_words
from app.document import Region
from engine.request import Box, Order
from tests.app.canvas.conftest import Easel


def panel(easel: Easel) -> QRect:
    """The bar without its shadow, in the view."""
    return easel.bar.panel_rect().translated(easel.bar.pos())


def buttons(easel: Easel) -> list[QAbstractButton]:
    page = easel.bar.page
    assert page is not None
    return [button for button in page.findChildren(QAbstractButton) if button.isVisible()]


# ---- what it offers


def asked(session):
    """What painting the frame would ask of the engine."""
    assert session.region is not None
    return session.painting.request(session.region)


def test_it_is_there_only_for_a_region(easel: Easel):
    assert not easel.bar.isVisible()
    easel.session.set_region(Region(Box(0, 0, 256, 256)))
    assert easel.bar.isVisible() and easel.bar.page is easel.bar.setup
    easel.session.set_region(None)
    assert not easel.bar.isVisible()


def test_the_main_button_says_what_it_will_do(easel: Easel):
    layer = easel.place(256, 256)
    setup = easel.bar.setup
    easel.session.set_region(Region(Box(256, 0, 128, 256)))
    assert setup.main.text() == setup.main.accessibleName() == "Extend"
    easel.session.set_region(Region(Box(5000, 0, 128, 256)))
    easel.qtbot.waitUntil(lambda: "touches nothing" in setup.estimate.text())
    assert setup.main.text() == "Paint"
    easel.session.layers.erase(layer, Box(64, 64, 64, 64))
    easel.session.set_region(Region(Box(64, 64, 64, 64)))
    assert setup.main.text() == "Fill"
    easel.session.set_region(Region(Box(0, 0, 48, 48)))
    easel.qtbot.waitUntil(lambda: setup.main.text() == "Replace")
    assert setup.main.isEnabled() and setup.edge.isVisible() and not setup.anew.isVisible()


def test_what_is_known_in_the_region_can_be_replaced_with_a_soft_edge(easel: Easel):
    easel.place(256, 256)
    setup = easel.bar.setup
    easel.session.set_region(Region(Box(192, 0, 128, 256)))
    easel.qtbot.waitUntil(lambda: setup.anew.isVisible())
    assert setup.main.text() == "Extend" and setup.edge.value == "16 px"
    setup.edge.setFocus()
    QTest.keyClick(setup.edge, Qt.Key.Key_Up)
    assert easel.session.options.feather == 20 and setup.edge.value == "20 px"
    setup.anew.click()
    assert easel.session.staging.current is not None
    assert easel.session.staging.current.shown.request["feather"] == 20
    easel.session.set_region(Region(Box(256, 0, 128, 256)))
    easel.qtbot.waitUntil(lambda: easel.session.estimate is not None)
    assert not setup.anew.isVisible() and not setup.edge.isVisible()


def with_words(easel: Easel) -> PromptField:
    """The chosen model reads prompts."""
    easel.session._models = tuple(replace(model, words=True) for model in easel.session._models)
    easel.session.set_region(Region(Box(0, 0, 512, 256)))
    return easel.bar.setup.prompt


def test_a_model_without_words_is_not_asked_for_any(easel: Easel):
    easel.session._models = tuple(replace(model, words=False) for model in easel.session._models)
    easel.session.set_region(Region(Box(0, 0, 256, 256)))
    assert not easel.bar.setup.prompt.isVisible()
    easel.session.set_options(prompt="winter")
    request = asked(easel.session)
    assert request.prompts == () and easel.session.painting.recipe(request)["prompt"] == ""


def test_words_are_typed_beside_the_region(easel: Easel):
    field, session = with_words(easel), easel.session
    assert field.isVisible() and field.placeholderText() == "what to paint…"
    assert easel.bar.setup.main.text() == "Paint"
    field.setFocus()
    QTest.keyClicks(field, "winter vch")
    assert session.options.prompt == "winter vch" and session.tool == "region"
    assert easel.bar.setup.main.text() == "Paint from words"
    assert [prompt.text for prompt in asked(session).prompts] == ["winter vch"]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not field.hasFocus() and session.region is not None
    easel.place(256, 256)
    easel.qtbot.waitUntil(lambda: field.placeholderText() == "continue the painting…")
    assert easel.bar.setup.main.text() == "Extend"


def test_words_change_along_the_region(easel: Easel):
    with_words(easel)
    easel.session.set_options(prompt="winter | spring| ")
    prompts = asked(easel.session).prompts
    assert [prompt.text for prompt in prompts] == ["winter", "spring", ""]
    assert [prompt.at for prompt in prompts] == [(85, 128), (256, 128), (427, 128)]
    easel.session.set_region(Region(Box(0, -600, 100, 600)))
    assert [prompt.at for prompt in asked(easel.session).prompts] == [
        (50, -500),
        (50, -300),
        (50, -100),
    ]


def test_options_are_shown_and_changed(easel: Easel):
    easel.session.set_region(Region(Box(0, 0, 256, 256)))
    setup, session = easel.bar.setup, easel.session
    setup.variants.setFocus()
    QTest.keyClick(setup.variants, Qt.Key.Key_Up)
    QTest.keyClick(setup.variants, Qt.Key.Key_Up)
    assert session.options.variants == 3 and setup.variants.value == "3"
    easel.qtbot.waitUntil(lambda: setup.estimate.text().startswith("3 × "))
    QTest.mouseClick(setup.lock, Qt.MouseButton.LeftButton)
    assert session.options.seed_locked and setup.seed.value == str(session.options.seed)
    QTest.mouseClick(setup.seed, Qt.MouseButton.LeftButton)
    assert setup.seeds.isVisible()
    setup.seeds.number.setValue(4711)
    assert session.options.seed == 4711 and setup.seed.value == "4711"
    setup.seeds.lock.setChecked(False)
    assert setup.seed.value == "any"
    QTest.keyClick(setup.seeds.number, Qt.Key.Key_Escape)
    assert not setup.seeds.isVisible()


@pytest.mark.parametrize("order", [order for order, _, _ in ORDERS])
def test_every_order_has_a_drawing_and_a_name(easel: Easel, order: Order | None):
    easel.session.set_region(Region(Box(0, 0, 256, 256)))
    easel.session.set_options(order=order)
    setup = easel.bar.setup
    setup._choose_order()
    assert [action.text() for action in setup.menu.actions()] == [words for _, words, _ in ORDERS]
    setup.menu.actions()[2].trigger()
    setup.menu.hide()
    assert easel.session.options.order == Order.OMEGA_STAR and "ω*" in setup.order.accessibleName()
    assert not setup.order.icon().isNull()


def test_numbers_place_the_region_to_the_pixel(easel: Easel):
    easel.session.set_region(Region(Box(16, 32, 256, 128)))
    setup = easel.bar.setup
    QTest.mouseClick(setup.place, Qt.MouseButton.LeftButton)
    fields = setup.places.fields
    assert [field.value() for field in fields.values()] == [16, 32, 256, 128]
    fields["x"].setValue(-5)
    fields["width"].setValue(301)
    assert easel.box == Box(-5, 32, 301, 128)
    easel.session.set_region(Region(Box(0, 0, 64, 64)))
    assert fields["width"].value() == 64
    easel.session.set_region(None)
    assert not setup.places.isVisible()


# ---- painting and staging


def test_pause_resume_and_cancel(easel: Easel):
    easel.place(256, 256)
    easel.session.queue.pause_all()
    easel.session.set_region(Region(Box(256, 0, 256, 256)))
    QTest.mouseClick(easel.bar.setup.main, Qt.MouseButton.LeftButton)
    painting = easel.bar.painting
    assert easel.bar.page is painting and painting.isVisible()
    group = easel.session.staging.current
    assert group is not None
    easel.session.queue.pause(group.jobs[0].id)
    assert painting.hold.text() == "Resume" and painting.leave.text() == "Discard"
    QTest.mouseClick(painting.hold, Qt.MouseButton.LeftButton)
    easel.qtbot.waitUntil(easel.all_done, timeout=8000)
    assert easel.bar.page is easel.bar.staging


def test_a_cancelled_region_can_be_discarded(easel: Easel):
    easel.place(256, 256)
    easel.session.set_region(Region(Box(256, 0, 512, 256)))
    easel.session.painting.paint()
    painting = easel.bar.painting
    QTest.mouseClick(painting.leave, Qt.MouseButton.LeftButton)
    easel.qtbot.waitUntil(
        lambda: easel.session.staging.current is None or easel.session.staging.current.state == "paused"
    )
    if easel.session.staging.current is not None:
        QTest.mouseClick(painting.leave, Qt.MouseButton.LeftButton)
    assert easel.session.staging.current is None and not easel.bar.isVisible()


def test_variants_are_gone_through_and_one_is_accepted(easel: Easel):
    easel.place(256, 256)
    easel.paint(Box(256, 0, 128, 256), variants=2)
    staging = easel.bar.staging
    assert easel.bar.page is staging and staging.which.text() == "1 of 2"
    QTest.mouseClick(staging.next, Qt.MouseButton.LeftButton)
    assert staging.which.text() == "2 of 2"
    assert easel.key(Qt.Key.Key_Left)
    assert staging.which.text() == "1 of 2"
    layers = len(easel.session.document.layers.all())
    assert easel.key(Qt.Key.Key_Return)
    assert len(easel.session.document.layers.all()) == layers + 1
    assert easel.session.staging.current is None and not easel.bar.isVisible()


def test_one_more_discard_and_esc(easel: Easel):
    easel.place(256, 256)
    easel.paint(Box(256, 0, 128, 128))
    staging = easel.bar.staging
    assert not staging.back.isVisible() and not staging.which.isVisible()
    QTest.mouseClick(staging.more, Qt.MouseButton.LeftButton)
    easel.qtbot.waitUntil(easel.all_done, timeout=8000)
    assert staging.which.text() == "2 of 2"
    easel.key(Qt.Key.Key_Escape)
    assert easel.session.staging.current is None
    easel.session.staging.bring_back()
    assert easel.session.staging.current is not None


def test_a_click_on_a_patch_paints_it_again(easel: Easel):
    easel.place(256, 256)
    easel.paint(Box(256, 0, 256, 256))
    staging = easel.bar.staging
    QTest.mouseClick(staging.reroll, Qt.MouseButton.LeftButton)
    assert easel.toolbox.rerolling and staging.reroll.isChecked()
    easel.point("hover", 300, 30)
    assert easel.toolbox.patch_here() is not None
    easel.drag((300, 30), (300, 30))
    assert not easel.toolbox.rerolling and easel.session.region is None
    easel.qtbot.waitUntil(lambda: len(easel.session.staging.groups()[0].jobs) == 2 and easel.all_done(), timeout=8000)
    before, after = (
        {each.patch: each.tokens for each in easel.session.document.jobs.painted(job.id)}
        for job in easel.session.staging.groups()[0].jobs
    )
    assert before.keys() == after.keys() and len(before) == 4
    assert [patch for patch in before if (before[patch] != after[patch]).any()] == [min(before)]


def test_the_doubt_map_is_switched(easel: Easel):
    easel.place(256, 256)
    easel.paint(Box(256, 0, 128, 256))
    easel.view.fit(Box(0, 0, 400, 256))
    plain = easel.view.grab().toImage()
    QTest.mouseClick(easel.bar.staging.doubt, Qt.MouseButton.LeftButton)
    assert easel.session.settings.get("doubt") and easel.bar.staging.doubt.isChecked()
    at = easel.view.to_widget(300, 200).toPoint()
    assert easel.view.grab().toImage().pixelColor(at) != plain.pixelColor(at)


# ---- where it is


@pytest.mark.parametrize(
    "box",
    [
        Box(0, 0, 256, 256),
        Box(-4000, -300, 256, 256),
        Box(0, 340, 64, 64),
        Box(-2000, -2000, 4000, 4000),
        Box(480, -340, 64, 64),
    ],
)
def test_it_stays_inside_the_view(easel: Easel, box: Box):
    easel.view.centre_on(0, 0)
    easel.session.set_region(Region(box))
    assert easel.view.rect().contains(panel(easel))
    easel.view.resize(700, 400)
    assert easel.view.rect().contains(panel(easel))


def test_it_follows_region_and_camera(easel: Easel):
    easel.view.centre_on(0, 0)
    easel.session.set_region(Region(Box(-64, -64, 128, 128)))
    first = panel(easel)
    under = easel.view.box_to_widget(Box(-64, -64, 128, 128))
    assert 8 <= first.top() - under.bottom() <= 24
    easel.view.pan(30, -50)
    assert panel(easel).topLeft() - first.topLeft() == QPoint(30, -50)
    easel.session.set_region(Region(Box(-64, -64, 128, 192)))
    assert panel(easel).top() == first.top() - 50 + 64


# ---- keys and names


def test_tab_reaches_every_button_and_all_have_names(easel: Easel):
    easel.place(256, 256)
    easel.session.set_region(Region(Box(256, 0, 128, 256)))
    easel.view.activateWindow()
    easel.view.setFocus()
    reached = set()
    for _ in range(30):
        QTest.keyClick(QApplication.focusWidget() or easel.view, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    for button in buttons(easel):
        assert button.accessibleName(), button
        assert button in reached or not button.isEnabled(), button.accessibleName()
    easel.bar.setup.variants.setFocus()
    QTest.keyClick(easel.bar.setup.variants, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is easel.view


def test_enter_presses_what_has_the_focus(easel: Easel):
    easel.place(256, 256)
    easel.session.set_region(Region(Box(256, 0, 128, 256)))
    easel.bar.setup.main.setFocus()
    QTest.keyClick(easel.bar.setup.main, Qt.Key.Key_Return)
    assert easel.session.region is None and easel.session.staging.groups()
    easel.qtbot.waitUntil(easel.all_done, timeout=8000)


def test_clicks_leave_the_keys_with_the_canvas(easel: Easel):
    easel.session.set_region(Region(Box(256, 0, 128, 256)))
    easel.view.setFocus()
    QTest.mouseClick(easel.bar.setup.lock, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is easel.view


def test_words():
    assert estimate_words(6, 1, 12.2) == "6 patches · about 12 s"
    assert estimate_words(1, 1, None) == "1 patch"
    assert estimate_words(1200, 3, 7500) == "3 × 1\u202f200 patches · about 2 h 5 min"
