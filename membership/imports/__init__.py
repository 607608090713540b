"""Bringing lists of members in: reading a file, finding its columns, deciding line by line, doing and undoing it."""
