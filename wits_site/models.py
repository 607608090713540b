"""No tables: but only an app with this module is told by Django that all migrations are done (see `apps.py`)."""
