"""How often Python looks for objects that nobody needs any more, and what happens to memory that it has given back."""

import ctypes
import gc

#: New objects between two looks, and looks between two deeper ones. Python's own 700 make it look at every request.
RHYTHM = (20_000, 20, 20)

#: glibc's names for how many heaps there may be, and from how many bytes on a block is given back to the system when it is free.
_ARENAS, _MAPPED_FROM = -8, -3


def be_sparing() -> None:
    """One heap for all threads: only one of them runs at a time, and each of their own would keep what it once needed.

    For programs that have not started threads yet. Elsewhere than with glibc there is nothing to be said.
    """
    heap = ctypes.CDLL(None)
    if hasattr(heap, "mallopt"):
        heap.mallopt(_ARENAS, 1)
        heap.mallopt(_MAPPED_FROM, 1 << 20)


def give_back() -> None:
    """Let the system have what is free at the end of the heap and in whole pages of it."""
    heap = ctypes.CDLL(None)
    if hasattr(heap, "malloc_trim"):
        heap.malloc_trim(0)


def settle() -> None:
    """Say that everything made so far stays, so that the collector never looks at it again; for programs that have started."""
    gc.collect()
    give_back()
    gc.freeze()
    gc.set_threshold(*RHYTHM)
