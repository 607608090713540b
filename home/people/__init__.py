"""The people who run the club, and who ran it before: persons, portfolios, and a slot a year for each role."""
