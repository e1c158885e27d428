"""Models to sentences and blocks."""
