"""What a production server runs: scripts, units and nginx, in small."""
