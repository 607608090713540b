"""`make proof-deploy`: a machine from nothing, with systemd, and all that production must stand, done to it."""
