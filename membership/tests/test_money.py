import pytest

from membership.money import cents_from, dollars


@pytest.mark.parametrize(
    ("written", "cents"),
    [("15", 1500), ("15.00", 1500), (" $15.00 ", 1500), ("$ 15.05", 1505), ("0", 0), ("0.50", 50), ("1000", 100_000)],
)
def test_a_price_written_in_dollars_is_kept_in_cents(written, cents):
    assert cents_from(written) == cents


@pytest.mark.parametrize(
    "written",
    [
        "",
        "15,00",
        "1,500",
        "15.5",
        "15.000",
        "-15",
        "+15",
        "1e3",
        "fifteen",
        "15 CAD",
        "١٥",
        "1000.01",
        "9999999",
        ".",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused_in_words(written):
    with pytest.raises(ValueError, match=r"(Write the price|more than)"):
        cents_from(written)


def test_cents_are_shown_as_dollars():
    assert [dollars(cents) for cents in (0, 5, 1500, 100_000, -350)] == [
        "$0.00",
        "$0.05",
        "$15.00",
        "$1000.00",
        "-$3.50",
    ]


def test_another_currency_is_never_shown_as_the_clubs_dollars():
    assert dollars(1500, "usd") == "15.00 USD"
    assert dollars(-350, "eur") == "-3.50 EUR"
    assert dollars(1500, "cad") == "$15.00"
