"""The rows of the proof, by subject."""
