"""Searching the site: what was typed, what is found, where it says so, and what to suggest instead."""
