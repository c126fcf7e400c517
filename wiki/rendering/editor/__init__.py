"""Markdown as the tree that the rich text editor edits, and back. docs/editor.md says what both sides rely on."""

from wiki.rendering.editor.documents import Unsafe, read
from wiki.rendering.editor.incoming import Malformed
from wiki.rendering.editor.saving import write

__all__ = ["Malformed", "Unsafe", "read", "write"]
