"""The stand-ins keep their promises."""
