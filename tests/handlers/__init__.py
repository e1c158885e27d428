"""Tests of what starts work."""
