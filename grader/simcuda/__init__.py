"""A CUDA device made of CPU tensors, so that CUDA code can be run, judged and counted without one.

How it works: a tensor subclass (`tensor`) holds a CPU tensor; a dispatch mode (`dispatch`) computes on it and counts
(`ledger`); a function mode (`functions`) translates "cuda" in arguments; `namespace` answers for `torch.cuda`;
`session` switches all of it on and off. Nothing of PyTorch is changed while no simulation runs. In particular no
backend is registered for it: that could not be undone, and would become PyTorch's accelerator in place of a real one.

What stays unlike a card is listed in docs/simulated-cuda.md.
"""

from grader.simcuda.ledger import Counts, TraceEvent
from grader.simcuda.session import SimulatedCuda, simulated_cuda, start_simulation

__all__ = ["Counts", "SimulatedCuda", "TraceEvent", "simulated_cuda", "start_simulation"]
