"""A suggested change as it is read: its pieces with their texts rendered, and what would change marked in them."""

from dataclasses import replace

from sqlalchemy.orm import Session

from wiki.access import Found, Viewer
from wiki.conversation.pieces import Piece
from wiki.conversation.suggesting import SuggestionShown
from wiki.history.as_read import Looks, paragraphs_of


def as_read(session: Session, viewer: Viewer, found: Found, shown: SuggestionShown) -> SuggestionShown:
    """The same suggestion, for the eyes."""
    pieces = shown.pieces.pieces
    texts = [one.paragraph for one in pieces if one.paragraph is not None]
    texts += paragraphs_of([one.value for one in pieces if one.value], [one.row for one in pieces if one.row])
    look = Looks(session, viewer, found, texts)
    return replace(shown, pieces=replace(shown.pieces, pieces=[_looked(look, one) for one in pieces]))


def _looked(look: Looks, piece: Piece) -> Piece:
    return replace(
        piece,
        value=look.value(piece.value) if piece.value else None,
        row=look.row(piece.row) if piece.row else None,
        paragraph=look.paragraph(piece.paragraph) if piece.paragraph else None,
    )
