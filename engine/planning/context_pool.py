"""The Nearby Context Pool: the caches that patches still to be painted will read, and no others (paper, section 3.3).

The pool knows nothing of tensors. It counts, from the plan, who is still to read each cache, so that Remove can drop
a cache the moment its last reader has read it: what is held grows with the frontier and not with the picture.
"""

from collections.abc import Container, Iterable
from typing import Generic, NamedTuple, TypeVar

from engine.planning.schedule import CacheKey, Plan, Reader, computable, readers

Value = TypeVar("Value")


class _Held(NamedTuple, Generic[Value]):
    value: Value
    nbytes: int


class ContextPool(Generic[Value]):
    """NCP with its three functions Add, Select and Remove (paper, Algorithms 1 and 2).

    finished: numbers of patches that an earlier run has painted. They read no more; the caches of them that are still
    needed are `missing`, and made on demand.
    """

    def __init__(self, plan: Plan, finished: Container[int] = ()):
        self._plan = plan
        self._reading = plan.reading(finished)
        self._readers = readers(plan, finished)
        self._held: dict[CacheKey, _Held[Value]] = {}
        self._spent: set[CacheKey] = set()  # read by their last reader since the last Remove
        self._bytes = 0
        self.peak = 0
        self.peak_bytes = 0

    def add(self, key: CacheKey, value: Value, nbytes: int) -> None:
        """Add(a_n): keeps the cache of a patch (paper, Eq. 12)."""
        self._drop(key)
        self._held[key] = _Held(value, nbytes)
        self._bytes += nbytes
        if not self.wanted(key):
            self._spent.add(key)
        self.peak, self.peak_bytes = max(self.peak, len(self._held)), max(self.peak_bytes, self._bytes)

    def select(self, keys: Iterable[CacheKey]) -> list[Value]:
        """Select(p_n): the caches of the context, in the order of the keys (paper, Fig. 8)."""
        return [self._held[key].value for key in keys]

    def done(self, reader: Reader) -> None:
        """Notes that a patch (by number) is painted, or a cache computed, and will not read its context again."""
        for key in self._reading.pop(reader, ()):
            self._readers[key] -= 1
            if not self._readers[key]:
                self._spent.add(key)

    def remove(self) -> None:
        """Remove(): drops every cache that no patch still to be painted can select (paper, section 3.3)."""
        while self._spent:
            self._drop(self._spent.pop())

    def wanted(self, key: CacheKey) -> bool:
        """Whether someone is still to read the cache."""
        return self._readers.get(key, 0) > 0

    def missing(self, keys: Iterable[CacheKey]) -> list[CacheKey]:
        """The caches that have to be made before these can be selected, in the order in which to make them."""
        return list(computable(keys, self._plan.caches.__getitem__, self._held))

    def _drop(self, key: CacheKey) -> None:
        if held := self._held.pop(key, None):
            self._bytes -= held.nbytes

    def __contains__(self, key: CacheKey) -> bool:
        return key in self._held

    def __len__(self) -> int:
        return len(self._held)


def peak_pool(plan: Plan) -> int:
    """The most caches that painting patch by patch holds at once, found by painting nothing (paper, Algorithm 2)."""
    pool: ContextPool[None] = ContextPool(plan)
    for planned in plan.new:
        for key in pool.missing(plan.reads(planned)):
            _keep(pool, key)
        pool.done(planned.number)
        if pool.wanted(planned.key):
            _keep(pool, planned.key)
        pool.remove()
    return pool.peak


def _keep(pool: ContextPool[None], key: CacheKey) -> None:
    pool.add(key, None, 0)
    pool.done(key)
    pool.remove()
