"""The companies that support the club, by tier and for as long as their agreement runs, and who came to speak."""
