"""Builds the browser's fonts and icons when Holdfast is installed or packed, without Node on the machine.

HOLDFAST_FRONTEND decides what happens when that cannot be done, for example because npm's registry is out of reach:
`warn` (the default) goes on without them, `require` fails, `skip` does not even try.
"""

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))

from frontend import assets
from frontend.node import FrontendError

MODES = ("warn", "require", "skip")


class FrontendHook(BuildHookInterface[Any]):
    """Makes static/dist before the wheel is packed; an editable installation reads it where it is."""

    PLUGIN_NAME = "frontend"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        mode = os.environ.get("HOLDFAST_FRONTEND") or "warn"
        if mode not in MODES:
            raise ValueError(f"HOLDFAST_FRONTEND is {mode!r}; it must be one of {', '.join(MODES)}")
        if mode == "skip":
            return
        try:
            assets.build(Path(self.root))
        except FrontendError as error:
            if mode == "require":
                raise
            self.app.display_warning(
                f"Holdfast is built without its typeface and icons, and works all the same: {error}"
            )
