"""Motion compensation: frame n-1 with each token's worth of pixels taken from where it seems to have come from (ours).

The tokens of what moves wander from frame to frame, while the decoder knows nothing of where. So for every token the
one of frame n-1 is found whose surroundings are most like its own, and its pixels go with it: what drifts keeps its
grain and its edges, as what stands still does. Where nothing else fits better, nothing has moved.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

FARTHEST = 1  # tokens that anything goes from one frame to the next
NEAR, WIDE = 1, 4  # tokens around one that are held beside those around another
UNLIKE = 1.0  # squared distance of latents from which on tokens are simply different
BORDER = 2  # tokens beside what rests, or where a picture ends, whose pixels show it: carried away they would repeat it
STAYS = 0.1  # how much more like it, in these distances, another place has to be
REACH = FARTHEST + WIDE
WAYS = sorted(
    ((down, right) for down in range(-FARTHEST, FARTHEST + 1) for right in range(-FARTHEST, FARTHEST + 1)),
    key=lambda way: way != (0, 0),
)


def came_from(
    latents: Tensor, before: Tensor, known: Tensor, known_before: Tensor, rests: Tensor | None = None
) -> Tensor:
    """For each token the index in WAYS of how far it has come since frame n-1, int64 (batch, h, w).

    latents, before: of frames n and n-1, (batch, dim, h, w); known, known_before: bool (batch, 1, h, w), which count.
    rests: bool (batch, h, w), which have not moved. Nothing comes from there or from what is not known, nor from the
    BORDER that is moved away from them. It depends on REACH tokens around each.
    """
    costs, edge = [], ~known_before
    edge = edge if rests is None else edge | rests.unsqueeze(1)
    for way in WAYS:
        both = (known & _moved(known_before, way)).to(latents)
        apart = ((latents - _moved(before, way)) ** 2).sum(1, keepdim=True).clamp_max(UNLIKE) * both
        near, wide = (_mean(apart, radius) / _mean(both, radius).clamp_min(1e-6) for radius in (NEAR, WIDE))
        cost, barred = near + wide, both == 0
        if way != (0, 0):
            cost = cost + STAYS
            for far in range(BORDER + 2):
                barred = barred | _moved(edge, (far * way[0], far * way[1]))
        costs.append(cost.masked_fill(barred, 4 * UNLIKE))
    return torch.cat(costs, 1).argmin(1)


def carried(maps: Tensor, ways: Tensor, scale: int = 1) -> Tensor:
    """Maps of frame n-1, (batch, channel, h · scale, w · scale), with what each token came with in its place."""
    taken = [index for index in ways.unique().tolist() if WAYS[index] != (0, 0)]  # mostly few: pixels are many
    ways = ways.repeat_interleave(scale, 1).repeat_interleave(scale, 2).unsqueeze(1)
    result = maps
    for index in taken:
        down, right = WAYS[index]
        result = torch.where(ways == index, _moved(maps, (down * scale, right * scale)), result)
    return result


def _moved(maps: Tensor, way: tuple[int, int]) -> Tensor:
    """(batch, channel, h, w) moved down and to the right; what comes in from outside is 0."""
    down, right = way
    height, width = maps.shape[-2:]
    out = torch.zeros_like(maps)
    to = (slice(max(0, down), height + min(0, down)), slice(max(0, right), width + min(0, right)))
    back = (slice(max(0, -down), height - max(0, down)), slice(max(0, -right), width - max(0, right)))
    out[..., to[0], to[1]] = maps[..., back[0], back[1]]
    return out


def _mean(maps: Tensor, radius: int) -> Tensor:
    return F.avg_pool2d(maps, 2 * radius + 1, 1, radius)
