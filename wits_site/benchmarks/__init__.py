"""Measurements: what the site does a second, beside the same with stock settings."""
