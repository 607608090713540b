"""Payments in every weather: whatever happens in whatever order, the site, Stripe, HubSpot and the mailbox agree.

`world` is everybody around the site and what they do (`visitors`, `banks`, `executives`, `contacts`), and `post` how
the site hears of it. `truth` says what must follow, from the club's words; `agreement` compares all sides with it.
`deeds`, `afterwards` and `rules` are the Hypothesis machine that lets it all happen, in any sequence.
"""
