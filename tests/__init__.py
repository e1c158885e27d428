"""What the bot promises, one folder for each floor."""
