"""The page of the stand-in: what a person of the workspace sees and does, in a browser.

It has no rules of its own: it shows what a person may see, and what they do goes to the app as it always does.
"""

from bot.sandbox.slack.page.known import BLOCKS, ELEMENTS, unknown_blocks
from bot.sandbox.slack.page.routes import Page

__all__ = ["BLOCKS", "ELEMENTS", "Page", "unknown_blocks"]
