"""The pages of signing in, of an invitation, and of one's own keys."""
