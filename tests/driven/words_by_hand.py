"""Drives the real window while a picture is painted from words: pictures are chosen, one is exchanged, all is kept.

    xvfb-run -a -s "-screen 0 1600x1000x24" python tests/driven/words_by_hand.py FOLDER [MODEL [WORDS]]

Words are typed for a region on an empty canvas, the panel shows the pictures that they choose, one is exchanged by the
mouse, the region is painted, its recipe is read; it is accepted, saved and opened again in the window.
"""

import json
import sys
from pathlib import Path

from paint_by_hand import Hand
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication, QWidget

from app import theme
from app.canvas.region_bar.prompt_field import PromptField
from app.document import Document
from app.jobs.engine_process import Engine
from app.jobs.queue import JobQueue
from app.panels.recipe import RecipePanel
from app.panels.references import ReferencesPanel
from app.session import Session
from app.settings import Settings
from app.window import Window
from engine.request import Box

LONG = 900  # seconds; other work may have most of the processor
REGION = Box(0, 0, 384, 256)


def middle(widget: QWidget) -> tuple[str, str]:
    at = widget.mapToGlobal(widget.rect().center())
    return str(at.x()), str(at.y())


def main(folder: Path, model: str, words: str) -> dict[str, object]:
    app = QApplication(sys.argv[:1])
    settings = Settings()
    theme.apply(app, settings)
    session = Session(JobQueue(Engine(), settings.get, settings_set=settings.set), settings)
    session.set_options(model=model, variants=1, seed=3, seed_locked=True, guidance=1.0)
    window, hand = Window(session), Hand(app)
    failures: list[str] = []
    session.failed.connect(failures.append)
    window.resize(1600, 1000)
    window.show()
    hand.wait(0.5)
    if not window.docks.panels["references"].isVisible():  # the settings may have kept it so
        window.actions_["panel_references"].trigger()
    hand.wait(0.5)
    window.view.fit(REGION.grow(96))
    assert hand.until(lambda: session.queue.status.state == "ready", LONG), session.queue.status
    panel, recipe = window.docks.panels["references"], window.docks.panels["recipe"]
    assert isinstance(panel, ReferencesPanel) and isinstance(recipe, RecipePanel)

    def shot(name: str) -> None:
        hand.wait(0.3)
        window.grab().save(str(folder / f"{name}.png"))

    def at(x: float, y: float) -> QPointF:
        return QPointF(window.view.mapToGlobal(window.view.to_widget(x, y).toPoint()))

    def shown() -> bool:
        return len(panel.picks) > 1 and [line.pick for line in panel.picks] == list(session.shelf.picks)

    hand.press("c")
    hand.drag(at(REGION.x, REGION.y), at(REGION.right, REGION.bottom))
    assert session.region is not None, "dragging made no region"
    assert hand.until(lambda: any(each.isVisible() for each in window.findChildren(PromptField)), 20)
    field = next(each for each in window.findChildren(PromptField) if each.isVisible())
    hand._do("mousemove", *middle(field))
    hand._do("click", "1")
    assert hand.until(field.hasFocus, 20), "the field for words was not entered"
    hand._do("type", words)
    assert hand.until(lambda: shown() and session.options.prompt == words, 60), panel.isVisible()
    shot("1-chosen")
    before = session.shelf.picks
    hand._do("mousemove", *middle(panel.picks[0].exchange))
    hand._do("click", "1")
    assert hand.until(lambda: shown() and panel.picks[0].pick != before[0], 30), "nothing was exchanged"
    picks = session.shelf.picks
    shot("2-exchanged")
    window.view.setFocus()
    hand.press("ctrl+Return")
    groups = session.staging.groups
    assert hand.until(lambda: groups() and groups()[0].state in ("done", "failed"), LONG), "it takes too long"
    assert groups()[0].state == "done", groups()[0].shown.message
    shot("3-painted")
    hand.press("F7")
    for x, y in ((100, 100), (280, 120), (200, 200)):
        place = at(x, y).toPoint()
        hand._do("mousemove", str(place.x()), str(place.y()))
        hand.wait(0.5)
        if recipe.facts["Taken from"].text():
            break
    taken = recipe.facts["Taken from"].text()
    shot("4-recipe")
    window.view.setFocus()
    hand.press("Return")
    assert hand.until(lambda: not groups(), 10)
    session.documents.save_as(folder / "words.handscroll")
    session.documents.new()
    assert hand.until(lambda: not panel.picks, 20), "a new document has no pictures"
    session.documents.open(folder / "words.handscroll")
    window.view.fit(REGION.grow(96))
    assert hand.until(lambda: shown() and session.shelf.picks == picks, 20), "the pictures are not there again"
    shot("5-reopened")
    session.close()
    session.queue.close()
    again = Document.open(folder / "words.handscroll")
    kept = json.loads(again.shelf)["picks"]
    found = again.recipe_at(200, 150)
    again.close()
    return {
        "chosen": [pick.name for pick in before], "exchanged": [pick.name for pick in picks], "taken_from": taken,
        "kept": [pick["name"] for pick in kept] == [pick.name for pick in picks],
        "recipe_kept": found is not None and len(found.recipe["followed"]["shares"]) > 0, "failures": failures,
    }  # fmt: skip


if __name__ == "__main__":
    where = Path(sys.argv[1])
    where.mkdir(parents=True, exist_ok=True)
    model, words = [*sys.argv[2:], *("starter", "winter")[len(sys.argv) - 2 :]][:2]
    print(json.dumps(main(where, model, words)))
