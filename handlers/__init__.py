"""Everything that starts work: a command, a click, a timer, a browser."""
