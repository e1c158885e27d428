"""The page of the Slack stand-in in a real browser, with the whole bot behind it."""
