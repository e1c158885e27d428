"""Decisions. They know neither Slack nor SQL nor XML."""
