"""What stood on the clipboard as the tree that the rich text editor edits."""

from wiki.rendering.pasting.clipboard import pasted

__all__ = ["pasted"]
