"""`make proof`: the faults the site must survive, with their full figures, on PostgreSQL and with real processes."""
