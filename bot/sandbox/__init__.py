"""Two strict stand-ins, for the demo and for tests; written from the references, apart from the bot."""
