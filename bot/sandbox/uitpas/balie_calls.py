"""Finding balies (UiTPAS API, balies of an employee; find balies)."""

from aiohttp import web
from lxml import etree

from bot.sandbox.uitpas.answers import Refusal, child, response, xml
from bot.sandbox.uitpas.people import Balie, CardSystem
from bot.sandbox.uitpas.questions import Question
from bot.sandbox.uitpas.world import World

SEARCHABLE = frozenset({"key", "city", "visible", "start", "max"})
"""The parameters of the search that this stand-in knows; any other is INVALID_PARAMETERS."""


class BalieCalls:
    """The verbs about balies."""

    def __init__(self, world: World) -> None:
        self._world = world

    def own(self, question: Question) -> web.Response:
        """List the balies of the employee whose token it is; `uid` must be theirs."""
        question.require("uid")
        uid = question.get("uid") or ""
        if question.employee is None or self._world.employee(uid) is None:
            raise Refusal("UNKNOWN_USER", "No user with this uid.")
        if question.employee.uid != uid:
            raise Refusal(
                "ACCESS_DENIED",
                "uid is not that of the token.",
                required_permission="PERMISSION_BALIE - ACTION_READ",
            )
        root = response()
        balies = child(root, "balies")
        for balie in self._world.balies_of(question.employee):
            _append_own(balies, balie, question.employee.role_at(balie) or "")
        return xml(root)

    def search(self, question: Question) -> web.Response:
        """Find balies by consumer key or municipality, in pages of 20."""
        if any(name not in SEARCHABLE for name, _ in question.parameters):
            raise Refusal("INVALID_PARAMETERS", "Unknown combination of parameters.")
        found = self._matching(question)
        start, most = question.number("start", 0), question.number("max", 20)
        root = response()
        balies = child(root, "balies")
        for balie in found[start : start + most]:
            _append_found(balies, balie)
        child(root, "total", str(len(found)))
        return xml(root)

    def _matching(self, question: Question) -> list[Balie]:
        key, city, visible = question.get("key"), question.get("city"), question.boolean("visible")
        towns = {town for system in self._world.card_systems for town in system.municipalities}
        if city is not None and city not in towns:
            raise Refusal("PARSE_INVALID_CITY_NAME", "No municipality with this name.")
        balies = self._world.balies if visible is not False else ()
        return [
            balie
            for balie in balies
            if (key is None or balie.consumer_key.lower() == key.lower()) and (city is None or balie.city == city)
        ]


def _append_own(balies: etree._Element, balie: Balie, role: str) -> None:
    element = child(balies, "balie")
    child(element, "id", str(balie.number))
    child(element, "consumerKey", balie.consumer_key)
    child(element, "name", balie.name)
    child(element, "role", role)
    if balie.actor_id is not None:
        child(element, "actorId", balie.actor_id)
    systems = child(element, "cardSystems")
    for system in balie.card_systems:
        card_system = _append_system(systems, system)
        permissions = child(card_system, "permissions")
        child(permissions, "permission", "registratie")
        if role == "admin":
            child(permissions, "permission", "kansenstatuut toekennen")
        child(child(card_system, "groups"), "group", "Checkin and Ticket balies")


def _append_found(balies: etree._Element, balie: Balie) -> None:
    element = child(balies, "balie")
    child(element, "name", balie.name)
    child(element, "id", balie.consumer_key)
    child(element, "postalCode", balie.postal_code)
    child(element, "city", balie.city)
    child(element, "visible", "true")
    systems = child(element, "cardSystems")
    for system in balie.card_systems:
        group = child(child(_append_system(systems, system), "groups"), "group")
        child(group, "id", "8")
        child(group, "name", "Geauthorizeerde registratie balies")


def _append_system(systems: etree._Element, system: CardSystem) -> etree._Element:
    element = child(systems, "cardSystem")
    child(element, "id", str(system.number))
    child(element, "name", system.name)
    return element
