"""Tests of the lowest floor, on real SQLite files."""
