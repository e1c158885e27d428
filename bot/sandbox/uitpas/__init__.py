"""A UiTPAS to develop and test against, written from the documentation alone; it knows nothing of the bot."""

from bot.sandbox.uitpas.arrivals import Call
from bot.sandbox.uitpas.cards import Card
from bot.sandbox.uitpas.faults import Fault, Faults
from bot.sandbox.uitpas.known import KNOWN_CARDS
from bot.sandbox.uitpas.people import Balie, CardSystem, Employee, Role
from bot.sandbox.uitpas.sales import Sale
from bot.sandbox.uitpas.server import UitpasSandbox
from bot.sandbox.uitpas.swaps import Swap
from bot.sandbox.uitpas.world import World

__all__ = [
    "KNOWN_CARDS",
    "Balie",
    "Call",
    "Card",
    "CardSystem",
    "Employee",
    "Fault",
    "Faults",
    "Role",
    "Sale",
    "Swap",
    "UitpasSandbox",
    "World",
]
