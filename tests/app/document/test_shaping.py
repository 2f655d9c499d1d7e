"""Layers scaled, turned, mirrored, cut and merged: always from the original, and undone to the bit."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from app.data_folder import HOME
from app.document import Document
from app.document.shaping import Shape, baked_border
from engine.request import Box, UserError


@pytest.fixture
def document(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Document]:
    monkeypatch.setenv(HOME, str(tmp_path))
    made = Document.new()
    yield made
    made.close()


def noise(width: int = 300, height: int = 200, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def whole(document: Document, number: int) -> np.ndarray:
    return document.read_layer(number, document.layers.box(number))


@pytest.mark.parametrize("moved", [(0, 0), (37, -500)])
def test_quarter_turns_and_mirrors_change_no_pixel(document: Document, moved: tuple[int, int]) -> None:
    layers = document.layers
    number = layers.put(noise(), -20, 70).id
    layers.move(number, *moved)
    before, box = whole(document, number), layers.box(number)
    shape = layers.shape(number)
    assert shape == replace(Shape.of(layers.original(number)), x=130, y=170)
    layers.reshape(number, replace(shape, angle=90))
    turned = layers.box(number)
    assert turned[2:] == (200, 300) and np.array_equal(whole(document, number), np.rot90(before, -1))
    assert abs(turned.x + turned.width / 2 - box.x - box.width / 2) <= 0.5
    layers.reshape(number, replace(layers.shape(number), across=True, angle=0))
    assert layers.box(number) == box and np.array_equal(whole(document, number), before[:, ::-1])
    for _ in range(2):
        document.history.undo()
    assert np.array_equal(whole(document, number), before) and layers.get(number).origin is None
    document.history.redo()
    document.history.redo()
    assert np.array_equal(whole(document, number), before[:, ::-1])


def test_made_smaller_and_larger_again_it_is_as_it_was(document: Document) -> None:
    layers = document.layers
    number = layers.put(noise(), 0, 0).id
    before, shape = whole(document, number), layers.shape(number)
    layers.reshape(number, replace(shape, width=30, height=20, angle=33))
    assert layers.box(number).width < 40
    layers.reshape(number, replace(layers.shape(number), width=300, height=200, angle=0))
    assert np.array_equal(whole(document, number), before)
    path = document.path.with_name("shaped.handscroll")
    document.save_copy(path)
    copy = Document.open(path)
    copy.layers.reshape(number, replace(copy.layers.shape(number), angle=180))
    assert np.array_equal(whole(copy, number), np.rot90(before, 2))
    copy.history.forget()
    copy.layers.reshape(number, shape)
    assert np.array_equal(whole(copy, number), before)
    copy.close()


def test_what_is_cut_comes_back_and_the_rest_stays_in_its_place(document: Document) -> None:
    layers = document.layers
    number = layers.put(noise(), 0, 0).id
    before, original = whole(document, number), layers.original(number)
    for across in (False, True):
        shape = replace(layers.shape(number), across=across)
        layers.reshape(number, shape.cut(10, 20, 30, 40, original))
        kept = before[20:-40, 10:-30]
        assert np.array_equal(whole(document, number), kept[:, ::-1] if across else kept)
        assert layers.box(number) == (Box(30, 20, 260, 140) if across else Box(10, 20, 260, 140))
        layers.reshape(number, layers.shape(number).cut(0, 0, 0, 0, original))
        assert layers.box(number) == Box(0, 0, 300, 200)
    with pytest.raises(UserError, match="Nothing would be left"):
        layers.shape(number).cut(200, 0, 100, 0, original)


def test_painting_on_it_makes_a_new_original(document: Document) -> None:
    layers = document.layers
    number = layers.put(noise(), 0, 0).id
    layers.reshape(number, replace(layers.shape(number), angle=90))
    layers.erase(number, Box(0, 0, 10, 10))
    assert layers.get(number).origin is None
    now = whole(document, number)
    layers.reshape(number, replace(layers.shape(number), angle=180))
    assert np.array_equal(whole(document, number), np.rot90(now, 2))


def test_merged_layers_look_as_before(document: Document) -> None:
    layers = document.layers
    lower, upper = layers.put(noise(), -30, 10).id, layers.put(noise(200, 150, 1), 60, 50).id
    layers.move(lower, 5, 7)
    layers.fade(lower, 0.5)
    layers.fade(upper, 0.7)
    before, bounds = document.read(document.bounds), document.bounds
    assert layers.merge_down(upper) == lower and len(layers.all()) == 1
    assert document.bounds == bounds and np.abs(document.read(bounds).astype(int) - before).max() <= 1
    document.history.undo()
    assert np.array_equal(document.read(bounds), before) and len(layers.all()) == 2
    hidden = layers.put(noise(20, 20, 2), 900, 0).id
    layers.show(hidden, False)
    flat = layers.flatten()
    assert [layer.id for layer in layers.all()] in ([flat, hidden], [hidden, flat])
    assert np.abs(document.read(bounds).astype(int) - before).max() <= 1
    with pytest.raises(UserError, match="Only one"):
        layers.flatten()
    document.history.undo()
    assert np.array_equal(document.read(bounds), before)


def test_what_cannot_be_is_told(document: Document) -> None:
    layers = document.layers
    number = layers.put(noise(), 0, 0).id
    with pytest.raises(UserError, match="no layer below"):
        layers.merge_down(number)
    with pytest.raises(UserError, match="million pixels"):
        layers.reshape(number, replace(layers.shape(number), width=1e6, height=1e6))
    with pytest.raises(UserError, match="empty"):
        layers.shape(layers.add().id)
    layers.lock(number, True)
    with pytest.raises(UserError, match="locked"):
        layers.reshape(number, layers.shape(number))


def test_a_baked_border_is_found_where_there_is_one() -> None:
    picture = noise(300, 200)
    framed = np.full((230, 330, 4), 255, np.uint8)
    framed[:, :, :3] = (240, 236, 228)
    framed[12:212, 10:310, :3] = picture
    assert baked_border(framed) == (10, 12, 20, 18)
    assert baked_border(np.dstack([picture, np.full((200, 300), 255, np.uint8)])) == (0, 0, 0, 0)
    assert baked_border(np.full((200, 300, 4), 255, np.uint8)) == (0, 0, 0, 0)
    sky = framed.copy()
    sky[12:, :, :3] = noise(330, 218)  # an even part at the top alone is a sky
    assert baked_border(sky) == (0, 0, 0, 0)
