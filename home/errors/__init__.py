"""What a visitor reads when a page is not there, or the site is broken."""
