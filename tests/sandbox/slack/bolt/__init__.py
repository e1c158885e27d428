"""A real Bolt app against the stand-in, the same over HTTP and Socket Mode."""
