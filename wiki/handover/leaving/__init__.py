"""Somebody leaves, moves, or is away: a handover is prepared from their page."""
