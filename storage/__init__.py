"""Models to rows and back; the only owner of SQLite."""
