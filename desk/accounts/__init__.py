"""Who may sign in to the admin, and how: two factors, invitations, access that ends."""
