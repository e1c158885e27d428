"""The UiTPAS stand-in answers as the documentation says, and refuses what the real one refuses."""
