"""How often Python looks for objects that nobody needs any more."""

import gc

#: New objects between two looks, and looks between two deeper ones. Python's own 700 make it look at every request.
RHYTHM = (20_000, 20, 20)


def settle() -> None:
    """Say that everything made so far stays, so that the collector never looks at it again; for programs that have started."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RHYTHM)
