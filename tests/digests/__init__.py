"""Digests in Slack: their list, their form, who may do what."""
