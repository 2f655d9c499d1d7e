"""Undo, redo and the jobs: every state of the picture comes back exactly, and nothing that was accepted is lost."""

import sqlite3
from dataclasses import replace

import numpy as np
import pytest

from app.document import Document, GuideLine, Region
from engine.request import Box, Patch, Taken, UserError


def act(document: Document, hand) -> list:
    """One of each command; returns what is to be done one after another."""
    layers = document.layers
    made: list[int] = []
    job = document.jobs.add({"seed": 3}, Region(Box(90, 0, 64, 64), np.tri(64, dtype=bool)))
    document.jobs.keep(job.id, hand.painted(0, Box(90, 0, 64, 64)))
    return [
        lambda: made.append(layers.put(hand.noise(100, 90), -20, -30).id),
        lambda: made.append(layers.put(hand.noise(60, 60, 2, 4), 30, 10).id),
        lambda: layers.paint(made[0], Box(-20, -30, 30, 30), hand.noise(30, 30, 3)),
        lambda: layers.erase(made[0], Box(0, 0, 40, 30)),
        lambda: layers.move(made[1], 7, -300),
        lambda: layers.paint(made[1], Box(40, -290, 9, 300), hand.noise(9, 300, 4)),
        lambda: layers.fade(made[1], 0.5),
        lambda: layers.rename(made[1], "Sky"),
        lambda: layers.reorder(made[1], 0),
        lambda: document.jobs.accept(job.id),
        lambda: made.append(layers.duplicate(made[1]).id),
        lambda: layers.paint(made[2], Box(0, -300, 10, 10), hand.noise(10, 10, 5)),
        lambda: layers.show(made[0], False),
        lambda: layers.delete(made[1]),
        lambda: layers.lock(made[2], True),
        lambda: layers.add("Empty"),
    ]


def test_every_state_comes_back(document: Document, hand):
    states = [(hand.whole(document), document.layers.all())]
    steps = act(document, hand)
    told: list[Box] = []
    stop = document.observe(told.append)
    for step in steps:
        step()
        states.append((hand.whole(document), document.layers.all()))
    assert len(told) >= len(steps)
    stop()
    entries = document.history.entries()
    assert len(entries) == len(steps) and document.history.head == entries[-1].number
    for state in reversed(states[:-1]):
        assert document.history.undo()
        assert (hand.whole(document), document.layers.all()) == state
    assert document.history.undo() is None and document.history.undo_name is None
    for state in states[1:]:
        assert document.history.redo_name and document.history.redo()
        assert (hand.whole(document), document.layers.all()) == state
    numbers = [0, *(entry.number for entry in entries)]
    for index in (3, 14, 0, 9, 16, 5):
        document.history.go_to(numbers[index])
        assert (hand.whole(document), document.layers.all()) == states[index]
    assert document.settle() and document.read(Box(-8, -80, 64, 64), 2).any()


def test_changed_boxes_cover_what_changes(document: Document, hand):
    area = Box(-300, -400, 700, 700)
    told: list[Box] = []
    document.observe(told.append)
    steps = act(document, hand)
    before = document.read(area)
    for step in [*steps, *[document.history.undo] * len(steps)]:
        told.clear()
        step()
        after = document.read(area)
        for box in told:
            if not box.intersect(area).empty:
                before[box.intersect(area).slices(area)] = after[box.intersect(area).slices(area)]
        assert np.array_equal(before, after)


def test_a_new_edit_drops_what_was_undone_and_forgetting_the_rest(document: Document, hand):
    for step in act(document, hand):
        step()
    document.history.go_to(document.history.entries()[1].number)
    document.layers.add("Other")
    assert [entry.name for entry in document.history.entries()][2:] == ["Add layer"]
    assert document.jobs.all()[0].accepted is False
    document.jobs.accept(document.jobs.all()[0].id)  # the staged result has survived
    before = hand.whole(document)
    document.history.undo()
    document.history.redo()
    document.history.forget()
    assert not document.history.entries() and hand.whole(document) == before
    assert document.history.undo() is None
    loose = "SELECT count(*) FROM blobs WHERE id NOT IN (SELECT blob FROM tiles WHERE blob IS NOT NULL)"
    assert document._file.db.execute(loose).fetchone() == (0,)


def test_what_a_crash_left_of_a_placing_is_forgotten_when_the_document_opens(hand):
    path = hand.saved()
    with sqlite3.connect(path) as db:  # as a program leaves it that dies while a large picture comes in
        before = db.execute("SELECT id FROM layers ORDER BY id").fetchall()
        db.execute("INSERT INTO layers (name) VALUES ('half a picture')")
    db.close()
    document = Document.open(path)
    seen = hand.whole(document)
    document.close()
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT id FROM layers ORDER BY id").fetchall() == before
    db.close()
    document = Document.open(path)
    assert hand.whole(document) == seen
    document.close()


def test_a_stroke_that_goes_on_is_one_entry(document: Document, hand):
    layer = document.layers.add()
    entry = 0
    for x in range(0, 40, 10):
        document.layers.paint(layer.id, Box(x, 0, 10, 10), hand.noise(10, 10, x), joins=entry)
        entry = document.history.head
    assert len(document.history.entries()) == 2
    document.history.undo()
    assert document.bounds.empty
    document.history.redo()
    assert document.bounds == Box(0, 0, 40, 10)
    assert document._file.db.execute("SELECT count(*) FROM blobs").fetchone() == (1,)  # nothing of the way there


def test_an_edit_that_fails_leaves_no_pixel_behind(document: Document, hand):
    """Numbers of bytes that were taken back are given again, to other bytes."""
    layer, box = document.layers.put(hand.noise(600, 300), 0, 0), Box(100, 100, 400, 150)
    before = hand.whole(document)
    surface = document.layers.surface(layer.id)
    surface.write(box, hand.noise(400, 150, 1))
    with pytest.raises(RuntimeError), document.history.edit("Paint") as edit:
        edit.write(layer, surface.changed.items())
        raise RuntimeError
    assert hand.whole(document) == before
    document.layers.paint(layer.id, box, hand.noise(400, 150, 2))
    assert np.array_equal(document.read(box)[:, :, :3], hand.noise(400, 150, 2))


def test_nothing_done_is_no_entry(document: Document):
    layer = document.layers.add()
    document.layers.rename(layer.id, layer.name)
    document.layers.erase(layer.id, Box(0, 0, 9, 9))
    assert len(document.history.entries()) == 1
    document.layers.lock(layer.id, True)
    with pytest.raises(UserError, match="locked"):
        document.layers.delete(layer.id)


def test_jobs_keep_their_patches_and_recipes(document: Document, hand):
    job = document.jobs.add({"prompt": "a river"}, Region(Box(-64, 0, 64, 64), np.tri(64, dtype=bool)))
    first, second = hand.painted(0, Box(-64, 0, 32, 64), 1), hand.painted(1, Box(-32, 0, 32, 64), 2)
    document.jobs.set_state(job.id, "running")
    document.jobs.keep(job.id, first)
    document.jobs.keep(job.id, second)
    document.jobs.keep(job.id, hand.painted(0, Box(-64, 0, 32, 64), 3))  # painted again
    kept = document.jobs.painted(job.id)
    assert [patch.patch.column for patch in kept] == [1, 0]
    assert np.array_equal(kept[0].tokens, second.tokens)
    assert document.jobs.doubts(job.id)[0] == (Box(-32, 0, 32, 64), 2.5)
    staged = document.read_layer(job.layer, Box(-64, 0, 64, 64))
    assert np.array_equal(staged[:, :, 3] > 0, np.tri(64, dtype=bool)) and document.bounds.empty
    document.jobs.accept(job.id, "River")
    assert np.array_equal(document.read(Box(-64, 0, 64, 64)), staged)
    document.layers.move(job.layer, 100, 0)
    found = document.recipe_at(40, 60)
    assert found is not None and found.recipe == {"prompt": "a river"} and found.box == Box(36, 0, 32, 64)
    assert document.recipe_at(99, 0) is None and len(document.patches_in(Box(60, 0, 10, 10))) == 2
    with pytest.raises(UserError, match="already"):
        document.jobs.accept(job.id)
    document.jobs.remove(job.id)
    assert document.recipe_at(40, 60) is not None and not document.jobs.all()


def test_earlier_patches_learn_where_their_pixels_came_from(document: Document, hand):
    job = document.jobs.add({}, Box(0, 0, 64, 64))
    document.jobs.keep(job.id, hand.painted(0, Box(0, 0, 32, 64), 1))
    taken = (Taken(Box(-8, 0, 16, 16), Box(100, 50, 16, 16)),)
    later = replace(hand.painted(1, Box(32, 0, 32, 64), 2), refined=((Patch(0, 0), taken), (Patch(7, 7), taken)))
    document.jobs.keep(job.id, later)
    document.jobs.accept(job.id)
    (first, second) = document.patches_in(Box(0, 0, 64, 64))
    assert first.taken == (Taken(Box(0, 0, 8, 16), Box(108, 50, 8, 16)),) and second.taken == ()


def test_the_queue_has_an_order(document: Document):
    jobs = [document.jobs.add({}, Box(0, 0, 16, 16)).id for _ in range(3)]
    document.jobs.reorder(jobs[2], 0)
    document.jobs.remove(jobs[0])
    assert [job.id for job in document.jobs.all()] == [jobs[2], jobs[1]]
    assert document._file.db.execute("SELECT count(*) FROM layers").fetchone() == (2,)


def test_the_guide_is_kept(document: Document):
    document.guide = GuideLine(-5, 7, 256)
    assert document.guide == GuideLine(-5, 7, 256)
