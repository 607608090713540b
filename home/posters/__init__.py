"""Posters: wherever there is no photo, a title and a seed make a picture out of a kit of paper shapes.

The same title and seed give the same poster for ever. A poster is named by its layout, its paper and one small
choice; the name is the address of a small SVG that browsers keep.
"""

from home.posters.choosing import Poster, poster_for
from home.posters.drawing import draw, size_of, version
from home.posters.papers import PAPERS

__all__ = ["PAPERS", "Poster", "draw", "poster_for", "size_of", "version"]
