"""MusicRec Desktop: hear a passage, find music that sounds like it."""

__version__ = "0.1.0"
