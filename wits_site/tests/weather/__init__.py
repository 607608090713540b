"""Payments in every weather: whatever happens in whatever order, the site, Stripe, HubSpot and the mailbox agree.

`rules` is the Hypothesis machine, `world` what people and banks do, `post` how the site hears of it, `truth` what
must follow from it, and `agreement` where all sides are compared.
"""
