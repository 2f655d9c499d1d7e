"""The threads of a command; what others use is watched from here on, before torch is read."""

from engine.inference.cpu_threads import CpuThreads

THREADS = CpuThreads()
