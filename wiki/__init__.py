"""Holdfast: the wiki that keeps what people know when people move on."""

__version__ = "0.1.0"
