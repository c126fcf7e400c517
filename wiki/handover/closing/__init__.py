"""An account is closed: never with loose ends that nobody has seen."""
