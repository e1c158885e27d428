"""baliebot without Slack's words and without SQL: settings, clients, services, and how they are wired."""
