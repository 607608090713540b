"""A small server that stands for Stripe, HubSpot and a mailbox. See README.md in this folder."""
