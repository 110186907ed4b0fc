"""The two compiled primitives of the kernel: a counter-based random generator and a vector row update.

Numba does not vectorize inner loops of eight, so the row update is emitted as LLVM vectors by hand
(decision 0004). Both are checked against plain Python in the tests.
"""

import numba as nb
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

LANE = 8
"""Floats in one vector of the row update."""

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint32(0x9E3779B9), np.uint32(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


@nb.njit(inline="always", cache=True)
def philox_words(c0, c1, key0, key1):
    """Return the four 32-bit words of Philox4x32-10 for the counter (c0, c1, 0, 0).

    References
    ----------
    Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3.
    """
    x0, x1, x2, x3 = np.uint32(c0), np.uint32(c1), np.uint32(0), np.uint32(0)
    k0, k1 = np.uint32(key0), np.uint32(key1)
    for _ in range(10):
        p0 = np.uint64(x0) * _M0
        p1 = np.uint64(x2) * _M1
        x0 = np.uint32(p1 >> _HALF) ^ x1 ^ k0
        x2 = np.uint32(p0 >> _HALF) ^ x3 ^ k1
        x1 = np.uint32(p1 & _LOW)
        x3 = np.uint32(p0 & _LOW)
        k0 = np.uint32(k0 + _W0)
        k1 = np.uint32(k1 + _W1)
    return x0, x1, x2, x3


@intrinsic
def add_scaled_row(typingctx, target, at, row, start, scale):
    """Add ``scale * row[start:start + 8]`` to ``target[at:at + 8]`` as one vector; both float32, no bounds check."""
    signature = types.void(target, types.uintp, row, types.uintp, types.float32)

    def codegen(context, builder, sig, args):
        target_value, at_value, row_value, start_value, scale_value = args
        vector = ir.VectorType(ir.FloatType(), LANE)
        to = _vector_pointer(context, builder, sig.args[0], target_value, at_value, vector)
        of = _vector_pointer(context, builder, sig.args[2], row_value, start_value, vector)
        undefined = ir.Constant(vector, ir.Undefined)
        first = builder.insert_element(undefined, scale_value, ir.Constant(ir.IntType(32), 0))
        every = ir.Constant(ir.VectorType(ir.IntType(32), LANE), [0] * LANE)
        scales = builder.shuffle_vector(first, undefined, every)
        scaled = builder.fmul(scales, builder.load(of, align=4), flags=("contract",))
        moved = builder.fadd(scaled, builder.load(to, align=4), flags=("contract",))
        builder.store(moved, to, align=4)
        return context.get_dummy_value()

    return signature, codegen


def _vector_pointer(context, builder, array_type, value, index, vector):
    array = context.make_array(array_type)(context, builder, value)
    pointer = cgutils.gep_inbounds(builder, array.data, index)
    return builder.bitcast(pointer, vector.as_pointer())
