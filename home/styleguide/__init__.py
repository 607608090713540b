"""A page that shows every token, component and block in every state; for makers and staff only."""
