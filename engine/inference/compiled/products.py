"""Products of rows with matrices of 8 bits, made of integers: rows are brought to 16 bits, and sums are exact.

So they come out the same in any order, for any number of rows at once, and on any processor. Two products and their sum
are one instruction, for eight outputs at a time; a matrix lies as it is read, (outputs / 32, inputs / 2, 32, 2).
"""

from typing import Any

import llvmlite.binding as llvm
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.inference.compiled import ORDERED, compiled

F32 = np.float32
TILE = 32  # outputs of which a matrix has the numbers side by side
LINE = 2 * TILE  # its numbers for two inputs and a tile
BLOCK = 8  # outputs of an instruction
TOP = 32767  # the largest number that a row is brought to
ROOM = (2**31 - 1) // 127  # what the sizes of a row may sum up to

I8, I16, I32, I64 = (ir.IntType(bits) for bits in (8, 16, 32, 64))
SUMS, NUMBERS, EIGHTHS = ir.VectorType(I32, BLOCK), ir.VectorType(I16, 2 * BLOCK), ir.VectorType(I8, 2 * BLOCK)


def _pairs_summed(builder: Any, a: Any, b: Any) -> Any:
    """a[0] · b[0] + a[1] · b[1] and so on, of vectors of 16 bits."""
    if llvm.get_host_cpu_features().get("avx2"):
        kind = ir.FunctionType(SUMS, [NUMBERS, NUMBERS])
        return builder.call(cgutils.get_or_insert_function(builder.module, kind, "llvm.x86.avx2.pmadd.wd"), [a, b])
    halves = []
    for first in (0, 1):
        some = ir.Constant(ir.VectorType(I32, BLOCK), list(range(first, 2 * BLOCK, 2)))
        halves.append(builder.mul(*(builder.sext(builder.shuffle_vector(v, v, some), SUMS) for v in (a, b))))
    return builder.add(*halves)


def _kernel(rows: int, blocks: int) -> Any:
    """A function that makes so many rows of so many blocks of outputs, side by side in registers."""
    none = ir.Constant(SUMS, [0] * BLOCK)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        (y, width), (x, inputs), (w, _) = (
            _data_and_width(context, builder, signature.args[n], arguments[n]) for n in (0, 3, 5)
        )
        _, to, output, _, of, _, at, pairs = arguments
        read = [builder.gep(x, [builder.mul(builder.add(of, I64(n)), inputs)]) for n in range(rows)]
        before, loop, after = builder.block, builder.append_basic_block("pairs"), builder.append_basic_block("done")
        builder.branch(loop)
        builder.position_at_end(loop)
        pair, totals = builder.phi(I64), [builder.phi(SUMS) for _ in range(rows * blocks)]
        line = builder.add(at, builder.mul(pair, I64(LINE)))
        own = []
        for b in range(blocks):
            eighths = builder.bitcast(builder.gep(w, [builder.add(line, I64(2 * BLOCK * b))]), EIGHTHS.as_pointer())
            own.append(builder.sext(builder.load(eighths, align=1), NUMBERS))
        made = []
        for n in range(rows):
            two = builder.insert_element(none, builder.load(builder.gep(read[n], [pair])), I32(0))
            both = builder.bitcast(builder.shuffle_vector(two, two, none), NUMBERS)
            made += [builder.add(totals[n * blocks + b], _pairs_summed(builder, own[b], both)) for b in range(blocks)]
        for total, new in zip(totals, made, strict=True):
            total.add_incoming(none, before)
            total.add_incoming(new, loop)
        following = builder.add(pair, I64(1))
        pair.add_incoming(I64(0), before)
        pair.add_incoming(following, loop)
        builder.cbranch(builder.icmp_signed("<", following, pairs), loop, after)
        builder.position_at_end(after)
        for n in range(rows):
            start = builder.add(builder.mul(builder.add(to, I64(n)), width), output)
            for b in range(blocks):
                place = builder.gep(y, [builder.add(start, I64(BLOCK * b))])
                builder.store(made[n * blocks + b], builder.bitcast(place, SUMS.as_pointer()), align=4)
        return context.get_dummy_value()

    def kernel(typing: Any, sums: Any, to: Any, output: Any, x: Any, of: Any, w: Any, at: Any, pairs: Any) -> Any:
        """sums[to + n, output : output + 8 · blocks] = x[of + n, :pairs] by the numbers of w that begin at `at`."""
        return types.void(sums, types.int64, types.int64, x, types.int64, w, types.int64, types.int64), generate

    return intrinsic(kernel)


def _data_and_width(context: Any, builder: Any, kind: Any, value: Any) -> tuple[Any, Any]:
    array = context.make_array(kind)(context, builder, value)
    return array.data, cgutils.unpack_tuple(builder, array.shape)[-1]


_one_row, _two_rows, _four_rows = (_kernel(*each) for each in ((1, 4), (2, 4), (4, 2)))


@compiled(ORDERED)
def product(sums, to, x, of, rows, w, outputs, pairs, stride):
    """sums[to : to + rows, :outputs] = x[of : of + rows, :pairs] by a matrix; outputs are rounded up to whole tiles.

    sums: int32; x: int16 in pairs, as int32. w: int8, flat, the matrix with `stride` numbers to each tile. It is gone
    through once for all rows.
    """
    at = 0
    for output in range(0, outputs, TILE):
        row = 0
        while row + 4 <= rows:
            _four_rows(sums, to + row, output, x, of + row, w, at, pairs)
            _four_rows(sums, to + row, output + 2 * BLOCK, x, of + row, w, at + 4 * BLOCK, pairs)
            row += 4
        if row + 2 <= rows:
            _two_rows(sums, to + row, output, x, of + row, w, at, pairs)
            row += 2
        if row < rows:
            _one_row(sums, to + row, output, x, of + row, w, at, pairs)
        at += stride


@compiled(ORDERED)
def in_16_bits(row, numbers):
    """Bring a row to integers, as large as sums of their products with 8 bits allow; returns what one of them is."""
    most = F32(1e-20)
    for j in range(len(row)):
        size = abs(row[j])
        most = size if size > most else most
    top = F32(min(TOP, ROOM // len(row)))
    factor = top / most
    for j in range(len(row)):
        numbers[j] = np.int16(np.rint(row[j] * factor))
    return most / top
