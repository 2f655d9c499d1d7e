"""Rows of float32 numbers: sums, largest, exponentials and norms. Every sum is made in one fixed order."""

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from engine.inference.compiled import FUSED, compiled
from engine.inference.compiled.layout import LANES, NOWHERE

F32 = np.float32


def _generate_bitcast(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    return builder.bitcast(arguments[0], ir.FloatType())


@intrinsic
def _as_float(typing: Any, bits: Any) -> Any:
    """The float32 whose bits an int32 has."""
    return types.float32(types.int32), _generate_bitcast


as_float: Any = _as_float  # as it is called: the first parameter is the compiler's


@compiled(FUSED)
def exp(x):
    """exp of a float32 between -87 and 87, to 2 units of the last place (Cephes); others count as these."""
    x = F32(-87) if x < F32(-87) else x
    x = F32(87) if x > F32(87) else x
    whole = np.floor(x * F32(1.44269504) + F32(0.5))
    r = x - whole * F32(0.693359375)
    r = r + whole * F32(2.12194440e-4)
    p = F32(1.9875691500e-4)
    p = p * r + F32(1.3981999507e-3)
    p = p * r + F32(8.3334519073e-3)
    p = p * r + F32(4.1665795894e-2)
    p = p * r + F32(1.6666665459e-1)
    p = p * r + F32(5.0000001201e-1)
    p = p * r * r + r + F32(1)
    return p * as_float((np.int32(whole) + np.int32(127)) << np.int32(23))


@compiled(FUSED)
def sum_of(row, count, lanes):
    for i in range(LANES):
        lanes[i] = F32(0)
    done = count - count % LANES
    for j in range(0, done, LANES):
        for i in range(LANES):
            lanes[i] += row[j + i]
    for j in range(done, count):
        lanes[0] += row[j]
    total = F32(0)
    for i in range(LANES):
        total += lanes[i]
    return total


@compiled(FUSED)
def most_of(row, count, lanes):
    """The largest of so many, a multiple of LANES."""
    for i in range(LANES):
        lanes[i] = NOWHERE
    for j in range(0, count, LANES):
        for i in range(LANES):
            lanes[i] = row[j + i] if row[j + i] > lanes[i] else lanes[i]
    most = NOWHERE
    for i in range(LANES):
        most = lanes[i] if lanes[i] > most else most
    return most


@compiled(FUSED)
def norm(y, x, norms, layer, lanes, first, last):
    """A layer norm of the rows from first to last; eps is PyTorch's own."""
    weight, bias = norms.weight[layer], norms.bias[layer]
    dim = x.shape[1]
    for n in range(first, last):
        row, here = y[n], x[n]
        mean = sum_of(here, dim, lanes) / F32(dim)
        for j in range(dim):
            row[j] = (here[j] - mean) * (here[j] - mean)
        scale = F32(1) / np.sqrt(sum_of(row, dim, lanes) / F32(dim) + F32(1e-5))
        for j in range(dim):
            row[j] = (here[j] - mean) * scale * weight[j] + bias[j]


@compiled(FUSED)
def add(x, added, first, last):
    for row in range(first, last):
        for j in range(x.shape[1]):
            x[row, j] += added[row, j]


@compiled(FUSED)
def gelu(x, first, last):
    """GELU by tanh, which is x · sigmoid(2 · that)."""
    for row in range(first, last):
        here = x[row]
        for j in range(x.shape[1]):
            u = here[j]
            z = F32(1.5957691216) * (u + F32(0.044715) * u * u * u)
            here[j] = u / (F32(1) + exp(-z))
