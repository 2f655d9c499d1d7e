"""The session with a real document, a real queue and an engine of flat colours: what widgets call and hear."""

import numpy as np
import pytest
from PIL import Image

from app.document import Document, Region, recoverable
from engine.request import Box, Order

from .conftest import BESIDE, PICTURE, Studio, noise

# ---- documents


def test_a_document_is_named_saved_and_opened_again(studio: Studio):
    studio.place()
    before = studio.document.read(PICTURE)
    assert not studio.session.documents.named and studio.session.documents.title.startswith("Untitled")
    studio.session.documents.save_as(studio.folder / "autumn")
    path = studio.document.path
    assert path.name == "autumn.handscroll" and studio.session.documents.title == "autumn — saved"
    studio.session.layers.rename(studio.session.selected or 0, "Mountains")
    assert studio.session.documents.title == "autumn — changed"
    studio.session.documents.save()
    assert studio.session.documents.title == "autumn — saved"
    studio.session.documents.new()
    assert studio.document.layers.all() == () and studio.heard[-4:] == [
        "layers_changed",
        "history_changed",
        "title_changed",
        "selection_changed",
    ]
    studio.session.documents.open(path)
    assert [layer.name for layer in studio.document.layers.all()] == ["Mountains"]
    assert np.array_equal(studio.document.read(PICTURE), before)
    assert studio.settings.get("recent") == [str(path)] and not studio.failures


def test_a_picture_opens_as_a_new_document(studio: Studio):
    Image.fromarray(noise(40, 60)).save(studio.folder / "small.png")
    studio.session.documents.open(studio.folder / "small.png")
    assert studio.document.bounds[2:] == (60, 40) and not studio.session.documents.named
    assert studio.document.guide is not None


def test_what_cannot_be_opened_leaves_the_document_open(studio: Studio):
    number, before = studio.place(), studio.document
    for name in ("bad.handscroll", "bad.png"):
        (studio.folder / name).write_bytes(b"nothing that makes sense")
        studio.session.documents.open(studio.folder / name)
        studio.told(name)
    studio.session.documents.open(studio.folder / "gone.handscroll")
    studio.told("does not exist")
    assert studio.document is before
    studio.session.layers.rename(number, "still here")
    assert studio.document.layers.get(number).name == "still here"


def test_a_document_without_a_name_is_recoverable_and_an_empty_one_is_not(studio: Studio):
    path = studio.document.path
    studio.place()
    studio.session.forget_history()
    assert not studio.document.history.entries()
    studio.session.documents.new()
    empty = studio.document.path
    assert [each.path for each in recoverable()] == [path]
    studio.session.documents.open(path)
    assert not empty.exists() and len(studio.document.layers.all()) == 1
    studio.session.documents.save()
    studio.told("no name")


def test_a_copy_is_saved_beside(studio: Studio):
    studio.place()
    studio.session.documents.save_copy(studio.folder / "copy.handscroll")
    copy = Document.open(studio.folder / "copy.handscroll")
    assert np.array_equal(copy.read(PICTURE), studio.document.read(PICTURE))
    copy.close()


# ---- pictures and layers


def test_the_first_picture_anchors_the_grid_and_others_come_beside_it(studio: Studio):
    studio.place("first", 300, 200)
    guide = studio.document.guide
    assert guide is not None and (guide.x, guide.y, guide.patch) == (176, 80, 128)  # snapped to 16 px
    second = studio.place("second", None, None)
    box = studio.document.layers.box(second)
    assert box.x > 176 + 256 and box.y == 80
    studio.settings.set("snap", False)
    third = studio.place("third", 5, 7)
    assert studio.document.layers.box(third) == Box(-123, -121, 256, 256)
    assert studio.document.guide == guide


def test_the_choice_of_a_layer_follows_what_happens(studio: Studio):
    first, second = studio.place("first"), studio.place("second", 700)
    assert studio.session.selected == second
    studio.session.layers.delete(second)
    assert studio.session.selected == first
    studio.session.layers.duplicate(first)
    assert studio.session.selected not in (first, second)
    studio.session.undo()
    assert studio.session.selected == first
    studio.session.select(None)
    assert studio.session.selected is None and studio.heard[-1] == "selection_changed"


def test_edits_of_layers_are_told_once_and_only_where_something_changed(studio: Studio):
    number = studio.place()
    boxes: list[Box] = []
    studio.session.pixels_changed.connect(boxes.append)
    studio.heard.clear()
    studio.session.layers.rename(number, "  Mountains ")
    assert studio.heard == ["layers_changed", "history_changed", "title_changed"] and boxes == []
    studio.session.layers.show(number, False)
    assert boxes == [PICTURE] and studio.document.layers.get(number).name == "Mountains"
    studio.session.layers.lock(number, True)
    studio.session.layers.delete(number)
    studio.told("locked")
    assert len(boxes) == 1


def test_a_slider_and_a_drag_are_one_entry_each(studio: Studio):
    number = studio.place()
    joins = 0
    for opacity in (0.9, 0.5, 0.2):
        joins = studio.session.layers.fade(number, opacity, joins)
    joins = 0
    for _ in range(3):
        joins = studio.session.layers.move_layer(number, 5, 1, joins)
    assert [entry.name for entry in studio.document.history.entries()] == ["Place Hills", "Opacity", "Move layer"]
    assert studio.document.layers.box(number) == Box(15, 3, 256, 256)
    studio.session.undo()
    studio.session.undo()
    assert studio.document.layers.get(number).opacity == 1 and studio.document.layers.box(number) == PICTURE


def test_strokes_erasing_and_picking(studio: Studio):
    number, box = studio.place(), Box(10, 10, 4, 4)
    studio.session.layers.stroke(number, box, np.full((4, 4, 4), (1, 2, 3, 255), np.uint8))
    assert studio.session.layers.pick_colour(11.9, 12.2) == (1, 2, 3)
    studio.session.layers.erase(number, box)
    assert studio.session.layers.pick_colour(11, 12) is None and studio.session.layers.pick_colour(-500, 0) is None
    studio.session.go_to(studio.document.history.entries()[0].number)
    assert np.array_equal(studio.document.read(PICTURE)[:, :, :3], noise(256, 256))
    studio.session.redo()
    assert studio.session.layers.pick_colour(11, 12) == (1, 2, 3)


def test_undo_at_the_beginning_says_so(studio: Studio):
    said: list[str] = []
    studio.session.said.connect(said.append)
    studio.session.undo()
    assert said and "nothing" in said[0]


# ---- region and options


def test_the_verb_says_what_will_be_done(studio: Studio):
    session = studio.session
    assert session.painting.verb() == "Paint" and session.painting.touches_nothing()
    number = studio.place()
    session.set_region(Region(BESIDE))
    assert session.painting.verb() == "Extend" and session.painting.looked_at() == [PICTURE]
    session.set_region(Region(Box(100_000, 0, 128, 128)))
    assert session.painting.verb() == "Paint" and session.painting.touches_nothing()
    session.layers.erase(number, Box(64, 64, 64, 64))
    session.set_region(Region(Box(64, 64, 64, 64)))
    assert session.painting.verb() == "Fill"
    session.layers.show(number, False)
    assert session.painting.touches_nothing()


def test_a_region_at_rest_is_planned_and_estimated(studio: Studio):
    studio.place()
    studio.session.set_region(Region(Box(128, 0, 384, 256)))
    studio.until(lambda: studio.session.sketch is not None)
    estimate, sketch = studio.session.estimate, studio.session.sketch
    assert estimate is not None and sketch is not None
    assert estimate.patches == sketch.patches == 4  # what is known is not painted
    studio.session.set_region(Region(Box(0, 0, 0, 5)))
    assert studio.session.region is None and studio.session.estimate is None and studio.session.sketch is None


def test_a_closed_session_is_silent(studio: Studio):
    studio.place()
    studio.session.set_region(Region(BESIDE))
    studio.close()
    studio.qtbot.wait(200)
    assert studio.session.sketch is None


def test_options_are_kept_within_sense(studio: Studio):
    told: list[int] = []
    studio.session.options_changed.connect(lambda: told.append(1))
    studio.session.set_options(variants=9, order=Order.ZETA)
    assert studio.session.options.variants == 4 and len(told) == 1
    studio.session.set_options(variants=4)
    assert len(told) == 1
    studio.session.set_tool("brush")
    assert studio.session.tool == "brush"
    with pytest.raises(ValueError, match="no tool"):
        studio.session.set_tool("chainsaw")
    studio.session.set_brush(size=3.0)
    assert studio.session.brush.size == 3.0


# ---- painting and staging


def test_without_a_region_painting_and_replacing_say_what_to_do(studio: Studio):
    studio.session.painting.paint()
    studio.told("region")
    studio.place()
    studio.session.set_region(None)
    studio.session.painting.paint(anew=True)
    studio.told("region")
    assert studio.session.staging.groups() == ()


def test_a_region_is_painted_patch_by_patch_and_accepted_as_one_entry(studio: Studio):
    studio.place()
    before = studio.document.read(PICTURE)
    studio.paint()
    (group,) = studio.session.staging.groups()
    plan = studio.session.staging.plans[group.number]
    assert plan.done == {0, 1, 2, 3} and not plan.running and not studio.session.staging.growing
    assert {*plan.boxes} <= {*studio.staged}
    assert studio.session.region is None and studio.session.staging.shown_layers() == (group.shown.layer,)
    assert len(studio.session.staging.doubts(group)) == 4
    assert studio.document.bounds == PICTURE  # staged is not in the picture
    studio.session.staging.accept()
    assert studio.session.staging.groups() == () and studio.session.staging.shown_layers() == ()
    assert studio.document.bounds == Box(0, 0, 512, 256) and studio.session.selected == group.shown.layer
    assert np.array_equal(studio.document.read(PICTURE), before)
    assert studio.document.read(BESIDE)[:, :, 3].min() == 255
    names = [entry.name for entry in studio.document.history.entries()]
    assert names == ["Place Hills", "Accept Continuation to the right"]
    record = studio.document.recipe_at(300, 10)
    assert record is not None and record.recipe["seed"] == studio.session.options.seed


def test_what_comes_back_is_selected_again(studio: Studio):
    first, session = studio.place(), studio.session
    studio.paint()
    session.staging.accept()
    accepted = session.selected
    studio.place("Third", 800)
    for step, selected in ((session.undo, accepted), (session.undo, first), (session.redo, accepted)):
        step()
        assert session.selected == selected
    session.select(first)
    session.redo()
    assert session.selected == first, "who chose something else keeps it"
    session.go_to(0)
    assert session.selected is None
    session.redo()
    assert session.selected == first


def test_variants_are_walked_through_and_come_back_with_undo(studio: Studio):
    studio.place()
    studio.paint(variants=3, seed=10, seed_locked=True)
    session = studio.session
    (group,) = session.staging.groups()
    assert [job.request["seed"] for job in group.jobs] == [10, 11, 12]
    pictures = [studio.document.read_layer(job.layer, BESIDE) for job in group.jobs]
    assert not np.array_equal(pictures[0], pictures[1])
    session.staging.next_variant(-1)
    session.staging.next_variant(-1)
    assert session.staging.groups()[0].chosen == (group.chosen - 2) % 3
    chosen = session.staging.groups()[0].shown
    session.staging.accept()
    assert session.staging.groups() == () and np.array_equal(
        studio.document.read(BESIDE), studio.document.read_layer(chosen.layer, BESIDE)
    )
    session.undo()
    assert [job.id for job in session.staging.groups()[0].jobs] == [job.id for job in group.jobs]
    session.redo()
    assert session.staging.groups() == ()


def test_an_unlocked_seed_is_another_each_time_and_a_locked_one_stays(studio: Studio):
    studio.place()
    studio.paint(seed=5, seed_locked=True)
    assert studio.session.staging.groups()[0].shown.request["seed"] == 5
    studio.session.staging.discard()
    seeds = set()
    for _ in range(3):
        studio.paint(seed_locked=False)
        seeds.add(studio.session.staging.groups()[0].shown.request["seed"])
        studio.session.staging.discard()
    assert len(seeds) > 1


def test_what_is_set_aside_comes_back_even_after_the_program_was_closed(studio: Studio):
    studio.place()
    studio.paint(variants=2)
    studio.session.staging.discard()
    assert studio.session.staging.groups() == () and studio.session.staging.current is None
    path = studio.document.path
    studio.session.documents.new()
    studio.session.documents.open(path)
    assert studio.session.staging.groups() == ()
    studio.session.staging.bring_back()
    assert len(studio.session.staging.groups()[0].jobs) == 2 and studio.session.staging.current is not None
    studio.session.staging.accept()
    studio.session.staging.bring_back()
    studio.told("Nothing was set aside")


def test_one_more_variant_and_one_patch_again(studio: Studio):
    studio.place()
    studio.paint()
    session = studio.session
    first = session.staging.groups()[0].shown
    session.staging.one_more()
    studio.until(studio.all_done)
    assert len(session.staging.groups()[0].jobs) == 2 and session.staging.groups()[0].chosen == 1
    session.staging.next_variant()
    before = studio.document.read_layer(first.layer, BESIDE)
    session.staging.reroll(Box(384, 128, 128, 128))
    studio.until(studio.all_done)
    after = studio.document.read_layer(session.staging.groups()[0].shown.layer, BESIDE)
    differs = (before != after).any(2)
    assert differs[128:, 128:].any() and not differs[:128].any() and not differs[:, :128].any()
    session.staging.reroll(Box(5000, 5000, 10, 10))
    studio.told("no finished patch")


def test_what_is_being_painted_is_not_accepted_before_it_rests(studio: Studio):
    studio.place()
    studio.start()
    studio.session.staging.accept()
    studio.told("still being painted")
    job = studio.session.staging.groups()[0].shown.id
    studio.session.queue.pause(job)
    assert studio.session.staging.groups()[0].state == "paused"
    studio.session.queue.resume(job)
    studio.until(studio.all_done)
    studio.session.staging.accept()
    assert not studio.failures


def test_a_failure_is_told_and_retried_from_the_last_patch(studio: Studio):
    studio.place()
    studio.engine.painter.failures[2] = ValueError("nothing")  # type: ignore[attr-defined]
    studio.session.set_region(Region(BESIDE))
    studio.session.painting.paint()
    studio.until(lambda: bool(studio.failures))
    studio.told("kept")
    (group,) = studio.session.staging.groups()
    assert group.state == "failed" and not studio.session.staging.growing
    studio.session.queue.resume(group.shown.id)
    studio.until(studio.all_done)
    assert len(studio.document.jobs.painted(group.shown.id)) == 4


def test_another_document_leaves_the_job_paused_and_it_goes_on_to_the_same_picture(studio: Studio):
    studio.place()
    studio.paint(seed=3, seed_locked=True)
    whole = studio.document.read_layer(studio.session.staging.groups()[0].shown.layer, BESIDE)
    studio.session.staging.discard()
    studio.start(seed=3)
    studio.until(lambda: len(studio.document.jobs.painted(studio.session.staging.groups()[0].shown.id)) > 0)
    path = studio.document.path
    studio.session.documents.new()
    assert (
        studio.session.staging.groups() == ()
        and studio.session.staging.plans == {}
        and studio.session.staging.growing == {}
    )
    studio.session.documents.open(path)
    (group,) = studio.session.staging.groups()
    if group.state == "paused":
        studio.session.queue.resume(group.shown.id)
    studio.until(studio.all_done)
    assert np.array_equal(studio.document.read_layer(group.shown.layer, BESIDE), whole)


def test_two_regions_are_staged_and_chosen_apart(studio: Studio):
    studio.place()
    studio.start(BESIDE)
    studio.start(Box(-256, 0, 256, 256))
    studio.until(studio.all_done)
    first, second = studio.session.staging.groups()
    assert studio.session.staging.current is not None and studio.session.staging.current.number == second.number
    studio.session.staging.choose_group(first.number)
    studio.session.staging.accept()
    assert [group.number for group in studio.session.staging.groups()] == [second.number]
    studio.session.staging.remove_job(second.shown.id)
    assert studio.session.staging.groups() == () and len(studio.document.jobs.all()) == 1


# ---- going on without end


def test_it_goes_on_ahead_of_what_is_seen_and_no_further(studio):
    studio.place()
    session, unroll = studio.session, studio.session.auto_extend
    start = session.document.bounds
    unroll.look(Box(start.x, start.y, 600, start.height))
    unroll.start(1)
    studio.until(lambda: session.document.bounds.right >= start.x + 1200 and unroll._job is None)
    end = session.document.bounds
    assert (end.x, end.y, end.height) == (start.x, start.y, start.height) and end.right < start.x + 1200 + 512
    studio.qtbot.wait(50)
    assert session.document.bounds == end, "far enough ahead"
    unroll.look(Box(end.right - 300, start.y, 300, start.height))
    studio.until(lambda: session.document.bounds.right > end.right)
    unroll.stop()
    assert unroll.direction == 0


def test_it_goes_on_to_the_left_and_each_stretch_can_be_undone(studio):
    studio.place()
    session, unroll = studio.session, studio.session.auto_extend
    start = session.document.bounds
    unroll.look(Box(start.x - 100, start.y, 300, start.height))
    unroll.start(-1)
    studio.until(lambda: session.document.bounds.x <= start.x - 512 and unroll._job is None)
    assert session.document.bounds.right == start.right
    session.undo()
    assert session.document.bounds == start
    unroll.start(-1)
    assert unroll.direction == 0, "asked again it ends"


def test_a_stretch_that_is_set_aside_or_another_document_ends_it(studio):
    studio.place()
    session, unroll = studio.session, studio.session.auto_extend
    unroll.look(Box(0, 0, 2000, 200))
    unroll.start(1)
    assert unroll.direction == 1 and session.staging.groups()
    session.staging.discard()
    assert unroll.direction == 0
    unroll.start(1)
    session.documents.new()
    assert unroll.direction == 0
    unroll.start(1)
    assert unroll.direction == 0 and "nothing to go on from" in studio.failures[-1]
