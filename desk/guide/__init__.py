"""The editors' guide: how to do, step by step, what executives do most, inside the admin."""
