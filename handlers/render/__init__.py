"""Models to blocks and sentences: pure functions, one module a feature, its texts at its head."""
