"""The clients: what they send, what they make of answers, what they do with hostile ones."""
