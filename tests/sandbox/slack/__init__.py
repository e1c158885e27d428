"""Tests of the Slack stand-in, with Slack's own client and Bolt."""
