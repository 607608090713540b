"""Real processes, killed at the worst moments."""
