"""Code that is only ever linked into a kernel: kept as the compiler wrote it, optimised there.

Numba optimises a function, and turns it into machine code, with all that it calls, once for each
level of calls above it. What only kernels call needs neither: a tree of kernels five deep compiles
in three fifths of the time.
"""

from typing import Any

from llvmlite.binding import parse_assembly
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler


class Part(Compiler):  # type: ignore[misc]  # Numba carries no types
    """Compile a function as far as the kernels that call it need."""

    def __init__(self, typing: Any, target: Any, library: Any, *rest: Any) -> None:
        super().__init__(typing, target, library or _Linked(target.codegen(), "part"), *rest)


class _Linked(JITCodeLibrary):  # type: ignore[misc]  # Numba carries no types
    """A library that is linked and never run."""

    def get_pointer_to_function(self, name: str) -> int:
        """Give no address: nothing runs it by itself."""
        self._ensure_finalized()
        return 0

    def _optimize_final_module(self) -> None:
        pass

    def _finalize_final_module(self) -> None:
        """Give the engine only the slot where Numba writes the function's environment."""
        self._finalize_dynamic_globals()
        module, engine = self._final_module, self._codegen._engine  # noqa: SLF001  # Numba's own
        slots = [one.name for one in module.global_variables if "NumbaEnv" in one.name]
        room = parse_assembly("".join(f'@"{name}" = common global ptr null\n' for name in slots))
        room.triple, room.data_layout = module.triple, module.data_layout
        engine.add_module(room)
        engine.finalize_object()
        self._finalized = True
