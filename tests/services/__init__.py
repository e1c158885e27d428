"""The decisions, without Slack, SQL or XML."""
