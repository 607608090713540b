"""Stripe's API: what the tables of parameters.py allow, refused and answered as Stripe does."""
