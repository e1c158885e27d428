"""A UiTiD and the person it belongs to: linking it, what its end stops, and who is told."""
