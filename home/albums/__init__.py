"""Albums: the photos of an event, and a way out for who is in one of them."""
