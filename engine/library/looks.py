"""Words for how a picture looks, computed from its pixels: light, colours, contrast, detail, the horizon."""

import colorsys

import numpy as np
from PIL import Image

HUES = ((20, "red"), (45, "orange"), (68, "golden"), (160, "green"), (200, "teal"), (260, "blue"), (320, "violet"))
LIGHT = ((55, "very dark"), (90, "dark"), (165, ""), (195, "bright"), (256, "very bright"))
_SMALL = 64  # px to the side of the picture that words are seen in
SEEN = (
    *(word for _, word in LIGHT if word),
    *dict.fromkeys(name for _, name in HUES),
    *("grey", "low contrast", "strong contrast", "plain", "full of detail"),
    *("high horizon", "low horizon", "horizon in the middle"),
)  # all that `seen` can say


def seen(pixels: np.ndarray) -> list[str]:
    """Words for what can be measured in a crop uint8 (height, width, 3)."""
    small = np.asarray(Image.fromarray(pixels).resize((_SMALL, _SMALL), Image.Resampling.BOX), np.float32)
    luma = small @ np.array([0.299, 0.587, 0.114], np.float32)
    words = [next(word for limit, word in LIGHT if luma.mean() < limit), *_colours(small), _contrast(luma)]
    return [word for word in (*words, _detail(pixels), _horizon(luma)) if word]


def _colours(small: np.ndarray) -> list[str]:
    """At most two hues, those that hold the most colour, or "grey"."""
    hsv = np.array([colorsys.rgb_to_hsv(*pixel) for pixel in small[::4, ::4].reshape(-1, 3) / 255])
    weights = hsv[:, 1] * hsv[:, 2]
    if weights.mean() < 0.06:
        return ["grey"]
    mass: dict[str, float] = {}
    for hue, weight in zip(hsv[:, 0] * 360, weights, strict=True):
        name = next((name for limit, name in HUES if hue < limit), "red")
        mass[name] = mass.get(name, 0) + float(weight)
    total = sum(mass.values())
    return [name for name, amount in sorted(mass.items(), key=lambda m: -m[1])[:2] if amount > 0.25 * total]


def _contrast(luma: np.ndarray) -> str:
    spread = float(luma.std())
    return "low contrast" if spread < 18 else "strong contrast" if spread > 55 else ""


def _detail(pixels: np.ndarray) -> str:
    """How much there is to see, by the mean difference of neighbouring pixels."""
    grey = pixels[..., 1].astype(np.float32)
    energy = float(np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean())
    return "plain" if energy < 6 else "full of detail" if energy > 28 else ""


def _horizon(luma: np.ndarray) -> str:
    """Where a bright upper part meets a dark lower part, if one does."""
    rows = luma.mean(1)
    steps = [rows[:y].mean() - rows[y:].mean() for y in range(8, _SMALL - 8)]
    best = int(np.argmax(steps))
    if steps[best] < 30:
        return ""
    place = (best + 8) / _SMALL
    return "high horizon" if place < 0.4 else "low horizon" if place > 0.6 else "horizon in the middle"
