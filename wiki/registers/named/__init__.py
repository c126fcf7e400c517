"""Registers of rows and other things under names of their own: promises, actions, reviews … over one frame."""
