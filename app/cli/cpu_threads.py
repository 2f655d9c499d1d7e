"""How many CPU threads a command uses; made before torch is imported, to see from the start how busy the machine is."""

from engine.inference.cpu_threads import CpuThreads

THREADS = CpuThreads()
