"""What painting costs on this computer, as it was measured: seconds per patch by model and device, memory by model."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from app.jobs.model_registry import find
from app.jobs.protocol import ModelLoaded

KEY = "seconds_per_patch"  # of the settings
WEIGHT = 32  # patches that the average remembers
State = Literal["starting", "preparing", "ready", "painting", "gone"]  # preparing: compiling, once on a computer


@dataclass(frozen=True)
class EngineStatus:
    """What the engine is doing. device and reason are "" before they are known; message: what has happened last."""

    state: State = "gone"
    device: str = ""
    reason: str = ""
    memory_mib: float | None = None
    seconds_per_patch: float | None = None
    message: str = ""


def work(model: str, follows: bool, shared: bool = False) -> str:
    """What patches cost alike for: following a picture is another work for a model than painting without.

    shared: there are several paintings, which share batches where that saves time.
    """
    return model + ", following" * follows + ", together" * shared


class Measured:
    """`get` and `put` reach the settings, where the averages outlive the program."""

    def __init__(self, get: Callable[[str], Any] | None, put: Callable[[str, Any], None] | None):
        self._put = put
        kept = get(KEY) if get else None
        self._seconds: dict[str, float] = {
            str(key): float(value)
            for key, value in (kept.items() if isinstance(kept, dict) else ())
            if isinstance(value, int | float) and 0 < value < 1e6
        }
        self._loaded: dict[str, ModelLoaded] = {}
        self._most_mib: dict[str, float] = {}  # of the process while it painted with a model

    def batch(self, of: str, device: str, patches: int, seconds: float) -> None:
        """of: a kind of work."""
        key = f"{of} | {device}"
        each = max(seconds, 1e-6) / patches
        share = patches / WEIGHT if key in self._seconds else 1.0
        before = self._seconds.get(key, each)
        self._seconds[key] = before + (each - before) * min(share, 1.0)

    def keep(self) -> None:
        """Into the settings; at the end of a run, not at every batch."""
        if self._put:
            self._put(KEY, {key: round(value, 6) for key, value in self._seconds.items()})

    def seconds_per_patch(self, of: str, device: str) -> float | None:
        """Of a kind of work on this device; before the engine says which it uses, on the one that was measured last."""
        if device:
            return self._seconds.get(f"{of} | {device}")
        return next((v for key, v in reversed(self._seconds.items()) if key.startswith(f"{of} | ")), None)

    def loaded(self, model: str, loaded: ModelLoaded) -> None:
        self._loaded[model] = loaded

    def words(self, model: str) -> tuple[str, ...]:
        """What a model knows, once it is in memory."""
        return self._loaded[model].words if model in self._loaded else ()

    def memory(self, model: str, mib: float) -> None:
        self._most_mib[model] = max(mib, self._most_mib.get(model, 0.0))

    def memory_mib(self, model: str, patches: int) -> float | None:
        """Of the engine while it paints; None for a model that is not there."""
        if model in self._loaded:
            loaded = self._loaded[model]
            computed = loaded.memory_mib + loaded.patch_mib * min(patches, loaded.width)
            return max(computed, self._most_mib.get(model, 0.0))
        info = find(model)
        return None if info is None or info.problem else info.memory_mib
