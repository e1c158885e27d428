"""Models to requests and back: the UiTPAS API, Slack's Web API, and the sheets of a report."""
