"""Links that lead nowhere: where each link of the site stands, and every night whether it still leads somewhere."""
