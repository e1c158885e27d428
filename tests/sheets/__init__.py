"""What the sheets say, from the zip to the thread."""
