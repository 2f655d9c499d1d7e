"""What an engine computes on, in the artist's language: the engine knows none."""

import re

from app.translation import tr

REASONS = (tr("the CPU was asked for"), tr("no CUDA device found"))  # as `engine.device` gives them


def device_words(device: str) -> str:
    """Return the name of a device; how many threads a CPU has is said in words."""
    found = re.fullmatch(r"CPU, (\d+) threads*", device)
    return tr("CPU, %n threads", "", int(found[1])) if found else device


def reason_words(reason: str) -> str:
    """Return why it was chosen, or the name of a graphics card as it is."""
    return tr(reason) if reason else ""
