"""A float's own bits, read and written without memory between."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic


@intrinsic  # type: ignore[untyped-decorator]  # Numba's decorators carry no types
def bits_of(typing_context: Any, number: Any) -> Any:
    """Read the 64 bits of a float64 as an int64, from inside a kernel."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.IntType(64))

    return types.int64(types.float64), generate


@intrinsic  # type: ignore[untyped-decorator]  # Numba's decorators carry no types
def float_of(typing_context: Any, bits: Any) -> Any:
    """Take 64 bits, an int64, as the float64 they spell, from inside a kernel."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.DoubleType())

    return types.float64(types.int64), generate
