"""The seats of an event, drawn: a dot for each that is taken, a plus for each that is free."""

from dataclasses import dataclass

from events import words

IN_A_ROW = 20
MOST = 100  # more marks than these nobody counts: each then stands for several seats
CELL = 10


@dataclass(frozen=True)
class Seats:
    """How many there are and how many of them are taken; more may be taken than there are."""

    places: int
    taken: int

    @property
    def left(self) -> int:
        return max(0, self.places - self.taken)

    @property
    def words(self) -> str:
        """What stands after the number of those that are left; all of it when none is."""
        return (words.OF_PLACES_LEFT if self.left else words.ALL_TAKEN).format(places=self.places)

    @property
    def marks(self) -> tuple[int, int]:
        """How many marks are dots and how many pluses. As long as a seat is free, one is a plus."""
        each = -(-self.places // MOST)
        total = -(-self.places // each)
        free = min(total, -(-self.left // each))
        return total - free, free

    @property
    def height(self) -> int:
        """Of the view box, which is 200 wide."""
        return -(-sum(self.marks) // IN_A_ROW) * CELL

    @property
    def dots(self) -> str:
        """The path of the taken ones."""
        return "".join(f"M{x} {y}h0" for x, y in self._cells(0, self.marks[0]))

    @property
    def pluses(self) -> str:
        """The path of the free ones."""
        return "".join(f"M{x - 3} {y}h6m-3-3v6" for x, y in self._cells(self.marks[0], sum(self.marks)))

    @staticmethod
    def _cells(first: int, end: int) -> list[tuple[int, int]]:
        half = CELL // 2
        return [(number % IN_A_ROW * CELL + half, number // IN_A_ROW * CELL + half) for number in range(first, end)]
