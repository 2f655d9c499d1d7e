"""What was accepted stays accepted, whatever becomes of its layer, until that is undone; what forgetting leaves."""

from collections.abc import Callable

import numpy as np
import pytest

from engine.request import Box

from .conftest import BESIDE, Studio

WAYS: dict[str, Callable[[Studio, int], None]] = {
    "merged": lambda studio, layer: studio.session.layers.merge_down(layer),
    "flattened": lambda studio, layer: studio.session.layers.flatten(),
    "deleted": lambda studio, layer: studio.session.layers.delete(layer),
}


def accepted(studio: Studio, variants: int = 1) -> int:
    """The layer of a painting that was accepted."""
    studio.place()
    studio.paint(variants=variants)
    studio.session.staging.accept()
    assert studio.session.selected is not None
    return studio.session.selected


@pytest.mark.parametrize("way", WAYS)
def test_it_is_not_staged_again(studio: Studio, way: str) -> None:
    session = studio.session
    layer = accepted(studio, variants=2)
    WAYS[way](studio, layer)
    assert not session.staging.groups()
    session.undo()
    assert not session.staging.groups() and layer in {each.id for each in studio.document.layers.all()}
    session.undo()
    assert len(session.staging.groups()) == 1, "acceptance is undone"
    session.redo()
    session.redo()
    assert not session.staging.groups()
    studio.session.documents.save_as(studio.folder / "kept")
    session.documents.new()
    session.documents.open(studio.folder / "kept.handscroll")
    assert not session.staging.groups() and not studio.failures


@pytest.mark.parametrize("way", WAYS)
def test_forgetting_the_history_leaves_the_picture_and_nothing_else(studio: Studio, way: str) -> None:
    session = studio.session
    WAYS[way](studio, accepted(studio, variants=2))
    seen = studio.document.read(Box(0, 0, 512, 256))
    session.forget_history()
    assert not studio.failures and not session.staging.groups() and not studio.document.jobs.all()
    assert np.array_equal(studio.document.read(Box(0, 0, 512, 256)), seen)
    (layers,) = studio.document._file.db.execute("SELECT count(*) FROM layers").fetchone()
    assert layers == len(studio.document.layers.all()) == 1


def test_what_waits_to_be_accepted_is_not_forgotten(studio: Studio) -> None:
    session = studio.session
    accepted(studio)
    studio.paint(BESIDE._replace(x=512))
    session.forget_history()
    assert len(session.staging.groups()) == 1
    session.staging.accept()
    assert len(studio.document.layers.all()) == 3 and not session.staging.groups() and not studio.failures


def test_a_shaped_layer_takes_what_it_was_shaped_from_along(studio: Studio) -> None:
    session = studio.session
    first = studio.place()
    session.layers.turn(first, 30)
    studio.place("More", x=600)
    session.layers.flatten()
    session.forget_history()
    (layers,) = studio.document._file.db.execute("SELECT count(*) FROM layers").fetchone()
    assert layers == 1 and not studio.failures


def test_with_nothing_to_forget_the_file_is_made_smaller_all_the_same(studio: Studio) -> None:
    studio.place()
    studio.session.forget_history()
    said: list[str] = []
    studio.session.said.connect(said.append)
    studio.session.forget_history()
    assert said[-1] == "The history is forgotten. The file is 0.0 MB smaller." and not studio.failures
