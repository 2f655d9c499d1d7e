"""What an engine computes on, in the artist's language; what it says itself is a name under which times are kept."""

import re

from app.translation import tr

REASONS = (tr("the CPU was asked for"), tr("no CUDA device found"))  # as `engine.device` gives them


def device_words(device: str) -> str:
    """Return the name of a device, or of several, here or elsewhere; how many threads a CPU has is said in words."""
    return re.sub(r"\bCPU, (\d+) threads?\b", lambda found: tr("CPU, %n threads", "", int(found[1])), device)


def reason_words(reason: str) -> str:
    """Return why it was chosen, or the name of a graphics card as it is."""
    return tr(reason) if reason else ""


def device_and_reason(device: str, reason: str) -> str:
    """Return both, as far as they are known; "" before the engine has said anything."""
    return " — ".join(filter(None, (device_words(device), reason_words(reason))))
