"""HubSpot's contacts and their properties, refused and answered as HubSpot does."""
