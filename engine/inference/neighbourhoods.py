"""What stands around places of a token map: how it is compared, how rough it is, and what is like nothing else."""

import numpy as np
import torch

from engine.models.checkpoint import Tokenizer

RADIUS = 3.5  # tokens around a place that are compared
WIDTH = 2.0  # tokens over which the weight of a neighbour falls
LIGHT, OTHER = 1.5, 0.8  # of the first latent, which is lightness, and of the others
MOST_LATENTS, SPREAD = 4, 0.6  # of a token that are compared; the deviation of the first where they have to be found
VALID = 0.85  # of the weight of what is compared has to be known at a source
APART = 8  # tokens: what is alike farther off makes a place ordinary
MOST_PEERS = 3000  # places that each is compared with to tell how ordinary it is


class Neighbourhoods:
    """The surroundings of N places, K tokens each, ready to be compared with those of another place.

    features: float32 (N, K · (latents + 2)), so that a product with what is looked for tells all distances at once.
    rough: float32 (N,), the weighted deviation; relative: the same by its mean.
    """

    def __init__(self, latents: np.ndarray, valid: np.ndarray, weights: np.ndarray):
        """latents: float32 (N, K, latents), 0 where nothing is known. valid: float32 (N, K), 1 where something is.

        weights: float32 (K,), how much each neighbour counts.
        """
        self.valid, self._latents, self._weights = np.ascontiguousarray(valid), latents, weights
        self._squares = (latents**2).sum(-1)
        self.features = np.ascontiguousarray(
            np.concatenate([latents.reshape(len(latents), -1), self._squares, valid], 1)
        )
        weight = valid * weights
        total = np.maximum(weight.sum(1), 1e-6)
        mean = (weight[..., None] * latents).sum(1) / total[:, None]
        self.rough = np.sqrt(np.maximum((weight * self._squares).sum(1) / total - (mean**2).sum(1), 0))
        self.relative = self.rough / max(float(self.rough.mean()), 1e-6)

    def single(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """How much more each place is unlike all others than places as rough as it mostly are, float32 (N,).

        A house in a meadow is, grass beside snow is not. rows, columns: of the places; those within APART do not count.
        """
        alone = self._alone(rows, columns)
        squares = self.rough**2
        rough = squares > float(np.median(squares))
        share = float(np.median(alone[rough] / squares[rough])) if rough.any() else 0.0
        return np.maximum(alone - np.maximum(float(np.median(alone)), share * squares), 0)

    def _alone(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """How unlike any place farther off than APART each is, (N,)."""
        some = np.arange(0, len(rows), max(1, -(-len(rows) // MOST_PEERS)))
        best = np.full(len(rows), 4.0, np.float32)
        for start in range(0, len(rows), 512):
            part = slice(start, start + 512)
            weight = self.valid[part] * self._weights
            parts = (-2 * weight[..., None] * self._latents[part]).reshape(len(weight), -1)
            q = np.concatenate([parts, weight, weight * self._squares[part]], 1)
            shared = weight @ self.valid[some].T
            distance = (q @ self.features[some].T) / np.maximum(shared, 1e-6)
            near = np.abs(rows[part, None] - rows[some]) <= APART
            near &= np.abs(columns[part, None] - columns[some]) <= APART
            distance[near | (shared < VALID * weight.sum(1, keepdims=True))] = 4
            best[part] = np.minimum(distance.min(1), 4)
        return np.maximum(best, 0)


def disc() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return which places around one are compared, how far down and across they lie, and what they count, (K,) each."""
    reach = np.arange(-int(RADIUS), int(RADIUS) + 1)
    down, across = (axis.ravel() for axis in np.meshgrid(reach, reach, indexing="ij"))
    far = down**2 + across**2
    inside = (far <= RADIUS**2) & (far > 0)
    return down[inside], across[inside], np.exp(-far[inside] / (2 * WIDTH**2)).astype(np.float32)


def compared(tokenizer: Tokenizer) -> np.ndarray:
    """Return what of each token is compared with that of others, float32 (vocabulary, MOST_LATENTS).

    Those are its latents; where they are many, their principal components, and where they are few, zeros beside them.
    """
    entries = tokenizer.entries().float().cpu()
    if entries.shape[1] > MOST_LATENTS:
        entries = entries - entries.mean(0)
        entries = entries @ torch.linalg.svd(entries, full_matrices=False).Vh[:MOST_LATENTS].T
        entries = entries * (SPREAD / entries[:, 0].std().clamp_min(1e-6))
    weights = torch.tensor([LIGHT] + [OTHER] * (entries.shape[1] - 1))
    return np.pad((entries * weights).numpy(), ((0, 0), (0, MOST_LATENTS - len(weights))))
