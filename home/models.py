"""What visitors read."""

from home.pictures import Picture, PictureRendition

__all__ = ["Picture", "PictureRendition"]
