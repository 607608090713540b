"""The rows of the table, by what is broken in them. They read Django's models: set Django up first."""
