"""The pictures to paint from: what is said of them, which are chosen by words, and the artist's own folders."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.library.entries import INDEX, SHIPPED, LibraryPicture, entries, found_again, reference_of, shipped
from engine.library.entries import LARGEST as MOST_PIXELS
from engine.library.looks import seen
from engine.library.search import LARGEST, choose, choose_for, words_of
from engine.request import Prompt, UserError

PROMPTS = {
    "spring": "spring", "summer": "summer", "autumn": "autumn", "deep snow": "winter", "early morning": "morning",
    "at dusk": "evening", "moonlight": "night", "a storm at sea": "storm", "calm sea": "calm", "a river": "river",
    "high mountains": "mountains", "in the woods": "forest", "a village": "village", "a town": "town",
    "flowers": "flowers",
}  # fmt: skip


@pytest.fixture(scope="module")
def library() -> tuple[LibraryPicture, ...]:
    return shipped()


def painted(place: Path, colour: tuple[int, int, int], size: tuple[int, int] = (48, 32)) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(place)


def test_the_shipped_library_is_small_captioned_and_told_where_it_comes_from() -> None:
    with (SHIPPED / INDEX).open(newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    files = {path.name for path in SHIPPED.glob("*.webp")}
    assert {row["file"] for row in rows} == files and 60 <= len(files) <= 100
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= 10 * 2**20
    for row in rows:
        assert 5 <= len(row["caption"].split()) <= 18, row["file"]
        assert row["licence_basis"] and row["source_repo"] and len(row["sha256"]) == 64
        assert row["tier"] == "A" or "Hiroshige" in row["artist"]
        with Image.open(SHIPPED / row["file"]) as image:
            assert max(image.size) <= 640


@pytest.mark.parametrize("words", PROMPTS)
def test_words_choose_pictures_of_what_they_say(library: tuple[LibraryPicture, ...], words: str) -> None:
    for seed in range(3):
        choice = choose(words, library, seed)
        assert 2 <= len(choice.entries) <= LARGEST and not choice.unknown
        assert all(PROMPTS[words] in entry.subjects for entry in choice.entries[:1])
        assert len(set(choice.entries)) == len(choice.entries)


def test_others_are_of_the_medium_of_the_first(library: tuple[LibraryPicture, ...]) -> None:
    for words in PROMPTS:
        for seed in range(4):
            first, *others = choose(words, library, seed, LARGEST).entries
            assert len(others) == 1 or all(each.medium == first.medium for each in others)


def test_others_are_of_the_light_the_hour_and_the_age_of_the_first(library: tuple[LibraryPicture, ...]) -> None:
    hours = {"morning", "evening", "sunset", "night"}
    for words in PROMPTS:
        for seed in range(4):
            first, *others = choose(words, library, seed).entries
            for each in others:
                assert np.abs(np.array(each.tones) - np.array(first.tones)).mean() <= 55, (words, each.name)
                unsaid = {PROMPTS[words], "sunset"}
                assert (set(each.subjects) & hours) - unsaid == (set(first.subjects) & hours) - unsaid
                assert abs(each.year - first.year) <= 150 or not (each.year and first.year)


def test_a_town_is_made_of_streets_and_houses_not_of_a_canal_with_ships(library: tuple[LibraryPicture, ...]) -> None:
    for seed in range(8):
        assert all(
            entry.subjects[0] == "town" or "church" in entry.subjects or "cathedral" in entry.subjects
            for entry in choose("town", library, seed).entries
        )


def test_a_still_life_is_not_a_calm_and_is_found_by_its_name(library: tuple[LibraryPicture, ...]) -> None:
    assert "still-life" in choose("a still life", library).entries[0].subjects
    assert not any(
        "still-life" in entry.subjects for seed in range(4) for entry in choose("calm", library, seed).entries
    )


def test_years_are_read_from_what_is_said_of_them(tmp_path: Path) -> None:
    for name in "abcd":
        painted(tmp_path / f"{name}.png", (9, 99, 9))
    said = "file,year\na.png,ca. 1891–92\nb.png,17th c.\nc.png,<2017-06\n"
    (tmp_path / INDEX).write_text(said, encoding="utf-8")
    assert [entry.year for entry in entries(tmp_path)] == [1891, 1650, 2017, 0]


def test_a_medium_that_is_said_is_kept_to(library: tuple[LibraryPicture, ...]) -> None:
    assert {entry.medium for entry in choose("ink landscape", library).entries} == {"ink"}
    assert {entry.medium for entry in choose("woodblock print of a river", library).entries} == {"print"}


def test_words_that_say_nothing_are_named(library: tuple[LibraryPicture, ...]) -> None:
    choice = choose_for([Prompt("winter and a xylophone")], library)
    assert choice.entries and choice.notes == ("No picture that can be painted from is known by “xylophone”.",)
    assert choose("xylophone", library).entries == () == choose("w", library).entries == choose("", library).entries


def test_words_along_a_region_choose_for_their_part_of_it(library: tuple[LibraryPicture, ...]) -> None:
    choice = choose_for([Prompt("winter", (10, 5)), Prompt("spring", (500, 5))], library)
    places = {at: [e for e, own in zip(choice.entries, choice.at, strict=True) if own == at] for at in choice.at}
    assert set(places) == {(10, 5), (500, 5)} and len(choice.entries) == LARGEST
    assert "winter" in places[10, 5][0].subjects and "spring" in places[500, 5][0].subjects
    assert choice.references()[0].at == (10, 5)


def test_the_same_words_and_seed_choose_the_same(library: tuple[LibraryPicture, ...]) -> None:
    assert choose("sea", library, 4) == choose("sea", library, 4)
    assert len({choose("sea", library, seed).entries[0] for seed in range(8)}) > 1


def test_what_is_shipped_is_found_again_wherever_it_lies(library: tuple[LibraryPicture, ...]) -> None:
    reference = library[3].reference()
    assert reference.file == f"library:{Path(library[3].path).name}" and found_again(reference.file) == library[3]
    with pytest.raises(UserError):
        found_again("/nowhere/at-all.png").reference()


def test_what_the_index_says_is_seen_is_what_is_seen(library: tuple[LibraryPicture, ...]) -> None:
    with (SHIPPED / INDEX).open(newline="", encoding="utf-8") as table:
        rows = {row["file"]: row for row in csv.DictReader(table)}
    for entry in library[::30]:
        pixels = reference_of(entry.path).pixels
        assert rows[Path(entry.path).name]["looks"].split(", ") == (seen(pixels) or ["plain"])


def test_words_of_a_sentence() -> None:
    assert words_of("A storm at Sea, with the still lifes") == ["storm", "sea", "still-life"]


def test_an_own_folder_is_looked_at_once_and_again_where_a_file_changes(tmp_path: Path) -> None:
    folder, kept = tmp_path / "mine", tmp_path / "kept"
    painted(folder / "red-barn.png", (200, 20, 20))
    painted(folder / "below" / "pond.png", (20, 60, 220))
    (folder / "below" / "pond.txt").write_text("a quiet pond", encoding="utf-8")
    (folder / "broken.png").write_bytes(b"no picture")
    first = entries(folder, kept)
    assert [(entry.caption, entry.looks[0]) for entry in first] == [("a quiet pond", "dark"), ("red barn", "dark")]
    (index,) = kept.glob("*.json")
    written = index.stat().st_mtime_ns
    assert entries(folder, kept) == first and index.stat().st_mtime_ns == written
    painted(folder / "red-barn.png", (250, 240, 230), (64, 32))
    assert "very bright" in entries(folder, kept)[1].looks
    (folder / "below" / "pond.png").unlink()
    assert len(entries(folder, kept)) == 1 and len(json.loads(index.read_text())) == 2
    index.write_text("[1]")
    assert len(entries(folder, kept)) == 1, "a damaged index is made anew"


def test_a_folder_without_pictures_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There are no pictures in"):
        entries(tmp_path)
    (tmp_path / "a.png").write_bytes(b"no picture")
    with pytest.raises(UserError, match="None of the pictures"):
        entries(tmp_path)


def test_what_is_transparent_or_marked_is_not_taken_from(tmp_path: Path) -> None:
    pixels = np.full((20, 40, 4), 255, np.uint8)
    pixels[:, :10, 3] = 0
    Image.fromarray(pixels).save(tmp_path / "cut.png")
    reference = reference_of(tmp_path / "cut.png", avoid=((50, 50, 50, 50),))
    assert reference.name == "cut" and reference.avoid is not None
    assert reference.avoid[:, :10].all() and reference.avoid[10:, 20:].all() and not reference.avoid[:9, 11:].any()


def test_words_that_only_a_little_liked_medium_suits_still_choose_it(library: tuple[LibraryPicture, ...]) -> None:
    assert choose("rain", library).entries


def test_prints_give_way_to_paintings_unless_they_are_asked_for(library: tuple[LibraryPicture, ...]) -> None:
    """Lines that are cut are seen where paint blends; spring, which hardly any painting shows, stays a print."""
    for words, medium in (("mountains", "painting"), ("woodblock print of mountains", "print"), ("spring", "print")):
        assert {entry.medium for entry in choose(words, library, 0).entries} == {medium}


def test_large_pictures_are_made_smaller_not_thinned_out(tmp_path: Path) -> None:
    lines = np.zeros((2, MOST_PIXELS // 2 + 2), np.uint8)
    lines[:, ::2] = 255
    Image.fromarray(lines).convert("RGB").save(tmp_path / "lines.png")
    pixels = reference_of(tmp_path / "lines.png").pixels
    assert pixels.shape[0] * pixels.shape[1] <= MOST_PIXELS and abs(int(pixels[0, 5, 0]) - 128) <= 1
