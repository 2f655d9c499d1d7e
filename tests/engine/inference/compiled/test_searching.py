"""The compiled search of the exemplar finds what a slow one finds."""

import numpy as np

from engine.inference.compiled.searching import Home, Neighbourhood, PaintedMap, Rules, SourceMap, find

HEIGHT, WIDTH, TOP = 12, 16, 20
RULES = Rules(0.85, 20.0, 5.0, 6.0, 3.0, 9.0, np.array([1, 1, 0.5, 0], np.float32), 3, TOP)
HOME = Home(4, 9, 2.0, 3.0, 1.0, 0.5, 4.0, 2.0)
DY, DX = (axis.ravel() for axis in np.mgrid[-1:2, -1:2])
WINDOW = Neighbourhood(
    (DY * WIDTH + DX)[[0, 1, 2, 3, 5, 6, 7, 8]],
    np.array([1, 2, 1, 2, 2, 1, 2, 1], np.float32),
    np.array([False, True, False, True, True, False, True, False]),
)
AT, ROW, COLUMN = 7 * WIDTH + 13, 7, 13


def scene() -> tuple[SourceMap, PaintedMap, np.ndarray]:
    """The left of the map is known, and what stands around the target came from there."""
    rng = np.random.default_rng(0)
    grid = np.arange(HEIGHT * WIDTH).reshape(HEIGHT, WIDTH)
    known = np.zeros((HEIGHT, WIDTH), np.float32)
    known[:, :12] = 1
    latents = rng.random((HEIGHT, WIDTH, 4), np.float32) * known[..., None]
    places = grid[1:-1, 1:12].ravel()
    places = places[rng.random(len(places)) < 0.8]
    number = np.full(HEIGHT * WIDTH, -1)
    number[places] = np.arange(len(places))
    each = (rng.random(len(places), np.float32) for _ in range(3))
    flat, filled = latents.reshape(-1, 4), known.ravel().copy()
    sources = SourceMap(flat.T.copy(), known.ravel(), number, places, places // WIDTH, places % WIDTH, *each)
    source, run = np.full(HEIGHT * WIDTH, -1), np.zeros((2, HEIGHT * WIDTH), np.int32)
    painted = flat.copy()
    for beside, came in ((AT - WIDTH, places[10]), (AT - 1, places[33]), (AT - WIDTH - 1, places[30])):
        source[beside], filled[beside], painted[beside], run[:, beside] = came, 1, flat[came], 2
    return sources, PaintedMap(painted, filled, source, run), rng.integers(0, 9, HEIGHT * WIDTH).astype(np.float32)


def slowly(sources: SourceMap, painted: PaintedMap, used: np.ndarray) -> np.ndarray:
    """The score of each source, (N,)."""
    near = AT + WINDOW.offsets
    weight = WINDOW.weights * painted.filled[near]
    around = painted.latents[near]
    result = np.full(len(sources.places), -np.inf)
    mean = (weight[:, None] * around).sum(0) / weight.sum()
    rough = np.sqrt((weight[:, None] * around**2).sum() / weight.sum() - (mean**2).sum())
    for n, place in enumerate(sources.places):
        share = weight * sources.known[place + WINDOW.offsets]
        if share.sum() < RULES.valid * weight.sum() or max(abs(place // WIDTH - ROW), abs(place % WIDTH - COLUMN)) < 3:
            continue
        apart = (share * ((sources.latents.T[place + WINDOW.offsets] - around) ** 2).sum(1)).sum() / share.sum()
        down = min(((place // WIDTH - HOME.row) / HOME.row_scale) ** 2 / 2, HOME.most_rows)
        across = min(((place % WIDTH - HOME.column) / HOME.column_scale) ** 2 / 2, HOME.most_columns)
        result[n] = 5 * rough * sources.rough[n] - 20 * apart - min(used[place], 6) * sources.dear[n]
        result[n] -= 0.5 * sources.single[n] + HOME.row_share * down + HOME.column_share * across
    touching = WINDOW.weights * painted.filled[near] * WINDOW.touching
    for k, beside in enumerate(near):
        came = painted.source[beside]
        if came >= 0 and sources.number[came - WINDOW.offsets[k]] >= 0:
            result[sources.number[came - WINDOW.offsets[k]]] += 9 * touching[k] / touching.sum() * 0.5
        if came >= 0 and sources.number[came] >= 0:
            result[sources.number[came]] -= 3
    return result


def test_it_finds_what_a_slow_search_finds() -> None:
    sources, painted, used = scene()
    for first, last in ((0, len(sources.places)), (25, 70)):
        score, number = find(sources, WINDOW, painted, used, AT, ROW, COLUMN, HOME, 0.5, first, last, RULES)
        expected = slowly(sources, painted, used)
        expected[:first], expected[last:] = -np.inf, -np.inf
        best = np.sort(np.argsort(-expected, kind="stable")[:TOP])
        assert (number == best).all() and np.allclose(score, expected[best], atol=1e-4)


def test_of_equal_scores_the_first_count_and_no_more_than_there_are() -> None:
    sources, painted, used = scene()
    painted.filled[:] = 0  # nothing stands around: all that counts is where sources lie
    every = len(sources.places)
    score, number = find(sources, WINDOW, painted, used, AT, ROW, COLUMN, HOME, 0.5, 0, every, RULES)
    rows = np.minimum(((sources.rows - HOME.row) / HOME.row_scale) ** 2 / 2, HOME.most_rows)
    columns = np.minimum(((sources.columns - HOME.column) / HOME.column_scale) ** 2 / 2, HOME.most_columns)
    away = rows * HOME.row_share + columns * HOME.column_share
    assert (number == np.sort(np.argsort(away, kind="stable")[:TOP])).all() and np.allclose(score, -away[number])
    many = RULES._replace(top=500)
    assert len(find(sources, WINDOW, painted, used, AT, ROW, COLUMN, HOME, 0.5, 0, every, many)[0]) == every
