"""The few words of albums that executives do not write themselves."""

ONE_PHOTO = "1 photo"
PHOTOS = "{count} photos"
LARGE = "{number} of {count}"
TRAP = "Please leave this empty"
PRESS_AGAIN = "Please press the button once more."


def photos(count: int) -> str:
    """`1 photo`, `24 photos`."""
    return ONE_PHOTO if count == 1 else PHOTOS.format(count=count)
