"""Memory and threads for a command that has the machine to itself."""

import os


def prepare() -> None:
    """Freed memory is kept, all cores are used; OMP_NUM_THREADS, where it is set, has the last word."""
    import torch

    from engine.device import cores, keep_memory

    keep_memory()
    if "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(cores())
