"""A Slack stand-in for the demo and for tests: one workspace, one app, on a loopback address.

It is written from Slack's public documentation and knows nothing of the bot.
"""

from bot.sandbox.slack.gate import Call
from bot.sandbox.slack.parcels import Delivery
from bot.sandbox.slack.records import Channel, File, Message, Person, View
from bot.sandbox.slack.server import SlackSandbox
from bot.sandbox.slack.world import World

__all__ = ["Call", "Channel", "Delivery", "File", "Message", "Person", "SlackSandbox", "View", "World"]
