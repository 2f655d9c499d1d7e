"""The search of the exemplar, compiled by numba; `engine.inference.exemplar` says what each number is for.

What stands around a place is read from the token map itself, of which all sources of a row lie side by side: they are
compared at once, one neighbour after another. So nothing is copied, and it all stays in the processor's cache.
"""

from typing import NamedTuple

import numpy as np

from engine.inference.compiled import ORDERED, compiled

F32 = np.float32


class SourceMap(NamedTuple):
    """What is known of a token map, flat, and N places of it that may be sources, in order.

    latents: float32 (MOST_LATENTS, size), 0 where nothing is known; known: float32 (size,), 1 where something is;
    number: int64 (size,), of each place among the sources, or -1. Of each source, (N,): places, rows and columns,
    int64; rough, the deviation around it; dear, what each use costs; single, how little it is like any other, float32.
    """

    latents: np.ndarray
    known: np.ndarray
    number: np.ndarray
    places: np.ndarray
    rows: np.ndarray
    columns: np.ndarray
    rough: np.ndarray
    dear: np.ndarray
    single: np.ndarray


class Neighbourhood(NamedTuple):
    """What is looked at around a place, (K,): offsets, int64; weights, float32; touching: bool, what lies beside it."""

    offsets: np.ndarray
    weights: np.ndarray
    touching: np.ndarray


class PaintedMap(NamedTuple):
    """The token map as far as it is painted, flat: latents, float32 (size, MOST_LATENTS); filled, float32 (size,).

    source: int64 (size,), where each token came from, or -1; run: int32 (2, size), how long what it came with is.
    """

    latents: np.ndarray
    filled: np.ndarray
    source: np.ndarray
    run: np.ndarray


class Rules(NamedTuple):
    """How sources are judged: falling is what a distance of 1 takes, rising what a roughness of 1 adds.

    valid: the part of what is compared that has to be known at a source. firm: float32 (n,), what going on with a run
    counts by its length.
    """

    valid: float
    falling: float
    rising: float
    most_used: float
    fresh: float
    coherence: float
    firm: np.ndarray
    nearest: int
    top: int


class Home(NamedTuple):
    """Where sources had best lie, and what their rows and columns count: half the square over the scale, at most so."""

    row: float
    column: float
    row_scale: float
    column_scale: float
    row_share: float
    column_share: float
    most_rows: float
    most_columns: float


@compiled(ORDERED)
def _compare(sources, around, weight, window, first, last, apart, shared):
    """Add up for the sources from first to last how far off their surroundings are, and how much of them is known.

    around: float32 (K, MOST_LATENTS), what stands around the target; weight: float32 (K,), how much of it counts.
    """
    latents, known, places = sources.latents, sources.known, sources.places
    begin = first
    while begin < last:
        end = begin + 1
        while end < last and places[end] == places[begin] + end - begin:
            end += 1
        for k in range(len(weight)):
            much = weight[k]
            if much == F32(0):
                continue
            a, b, c, d = around[k, 0], around[k, 1], around[k, 2], around[k, 3]
            at = places[begin] + window.offsets[k]
            la, lb, lc, ld = latents[0, at:], latents[1, at:], latents[2, at:], latents[3, at:]
            there, far, seen = known[at:], apart[begin:], shared[begin:]
            for i in range(end - begin):
                share = much * there[i]
                sa, sb, sc, sd = la[i] - a, lb[i] - b, lc[i] - c, ld[i] - d
                far[i] += share * (sa * sa + sb * sb + sc * sc + sd * sd)
                seen[i] += share
        begin = end


@compiled(ORDERED)
def _deviation(around, weight, total):
    """How rough what stands around the target is."""
    variance = 0.0
    for axis in range(around.shape[1]):
        mean, squares = 0.0, 0.0
        for k in range(len(weight)):
            mean += weight[k] * around[k, axis]
            squares += weight[k] * around[k, axis] ** 2
        variance += squares / total - (mean / total) ** 2
    return np.sqrt(max(variance, 0.0))


@compiled(ORDERED)
def _away(sources, n, home):
    """What it costs that a source lies elsewhere in its picture."""
    row = ((sources.rows[n] - home.row) / home.row_scale) ** 2 / 2
    column = ((sources.columns[n] - home.column) / home.column_scale) ** 2 / 2
    return F32(home.row_share * min(row, home.most_rows) + home.column_share * min(column, home.most_columns))


@compiled(ORDERED)
def _cohere(score, at, sources, window, painted, rules):
    """Prefer what goes on from where the tokens beside came from; charge what stands around already."""
    total = F32(0)
    for k in range(len(window.offsets)):
        if window.touching[k]:
            total += window.weights[k] * painted.filled[at + window.offsets[k]]
    for k in range(len(window.offsets)):
        beside = at + window.offsets[k]
        came = painted.source[beside]
        if came < 0:
            continue
        share = window.weights[k] * painted.filled[beside] / max(total, F32(1e-6))
        following = sources.number[came - window.offsets[k]]
        if window.touching[k] and following >= 0 and share > 0:
            long = min(painted.run[0, beside], painted.run[1, beside])
            score[following] += F32(rules.coherence * share * rules.firm[min(long, len(rules.firm) - 1)])
        standing = sources.number[came]
        if standing >= 0:
            score[standing] -= F32(rules.fresh)


@compiled(ORDERED)
def _highest(score, top):
    """The highest scores, at most `top`, and their numbers, in order; of equal ones the first."""
    heap = np.full(min(top, len(score)), F32(-np.inf))  # the lowest of the highest comes first
    for n in range(len(score)):
        if score[n] > heap[0]:
            place = 0
            while 2 * place + 1 < len(heap):
                below = 2 * place + 1
                if below + 1 < len(heap) and heap[below + 1] < heap[below]:
                    below += 1
                if score[n] <= heap[below]:
                    break
                heap[place] = heap[below]
                place = below
            heap[place] = score[n]
    least = heap[0]
    equal = (heap == least).sum()
    numbers = np.empty(len(heap), np.int64)
    count = 0
    for n in range(len(score)):
        if score[n] > least or (score[n] == least and equal > 0 and least > F32(-np.inf)):
            equal -= score[n] == least
            numbers[count] = n
            count += 1
    return score[numbers[:count]], numbers[:count]


@compiled(ORDERED)
def find(sources, window, painted, used, at, row, column, home, single, first, last, rules):
    """The scores of the best sources for a place and their numbers, (at most rules.top,) each.

    used: float32 (size,), how often each place was taken. at: the place; row, column: the same. single: what being
    like no other costs. first, last: the sources that are looked at. Where nothing stands around, all that counts is
    where a source lies.
    """
    count = len(sources.places)
    around = np.empty((len(window.offsets), painted.latents.shape[1]), F32)
    weight = np.empty(len(window.offsets), F32)
    for k in range(len(weight)):
        beside = at + window.offsets[k]
        around[k] = painted.latents[beside]
        weight[k] = window.weights[k] * painted.filled[beside]
    total = weight.sum()
    score = np.full(count, F32(-np.inf))
    if total == F32(0):
        for n in range(count):
            score[n] = -_away(sources, n, home)
        return _highest(score, rules.top)
    apart, shared = np.zeros(count, F32), np.zeros(count, F32)
    _compare(sources, around, weight, window, first, last, apart, shared)
    rising, falling = F32(rules.rising * _deviation(around, weight, total)), F32(rules.falling)
    enough, most_used, alone = F32(rules.valid) * total, F32(rules.most_used), F32(single)
    for n in range(first, last):
        if shared[n] >= enough:
            judged = rising * sources.rough[n] - falling * apart[n] / max(shared[n], F32(1e-6))
            judged -= min(used[sources.places[n]], most_used) * sources.dear[n]
            score[n] = judged - sources.single[n] * alone - _away(sources, n, home)
    _cohere(score, at, sources, window, painted, rules)
    for n in range(first, last):
        if abs(sources.rows[n] - row) < rules.nearest and abs(sources.columns[n] - column) < rules.nearest:
            score[n] = F32(-np.inf)
    return _highest(score, rules.top)
