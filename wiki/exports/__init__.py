"""One file per format, each over what a viewer may see."""
