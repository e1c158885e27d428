"""Who may change how balies are mapped: asked live, of Slack and of UiTPAS, at every change.

A workspace admin may, and whoever is admin of that very balie at UiTPAS. Whoever does not answer has not said yes.
"""

from dataclasses import dataclass
from enum import StrEnum

import structlog

from bot.clients.uitpas import UitpasClient
from bot.errors import LinkEndedError, SlackError, UitpasError, UnavailableError
from bot.models import Balie, BalieListing, Person, Standing
from bot.services.linking import Linking
from bot.services.people import People
from bot.services.trust import Trust, Verdict

log = structlog.get_logger(__name__)


class Denial(StrEnum):
    """Why somebody may not, or why nobody could tell."""

    NOT_MEMBER = "not_member"
    NOT_ADMIN = "not_admin"
    NOT_LINKED = "not_linked"
    LINK_ENDED = "link_ended"
    SLACK_SILENT = "slack_silent"
    UITPAS_SILENT = "uitpas_silent"
    UITPAS_REFUSED = "uitpas_refused"
    EVERYBODY_REFUSED = "everybody_refused"


_WHY = {
    Verdict.ENDED: Denial.LINK_ENDED,
    Verdict.EVERYBODY: Denial.EVERYBODY_REFUSED,
    Verdict.UNKNOWN: Denial.UITPAS_SILENT,
}


@dataclass(frozen=True, slots=True)
class Listing:
    """The balies that UiTPAS lists for somebody: those they may map, and how many they may not."""

    own: tuple[BalieListing, ...]
    others: int


class Rights:
    """Asks Slack and UiTPAS; to be used after the acknowledgement, as either may take its time."""

    def __init__(self, *, people: People, linking: Linking, trust: Trust, uitpas: UitpasClient) -> None:
        self._people = people
        self._linking = linking
        self._trust = trust
        self._uitpas = uitpas

    async def denial(self, balie: Balie, user: str) -> Denial | None:
        """Return why this person may not change how this balie is mapped; None when they may."""
        person = await self._member(balie.team, user)
        if isinstance(person, Denial):
            return person
        if person.is_admin:
            return None
        listed = await self._listed(balie.team, user)
        if isinstance(listed, Denial):
            return listed
        key = balie.consumer_key.casefold()
        roles = {one.role for one in listed if one.consumer_key.casefold() == key}
        return None if "admin" in roles else Denial.NOT_ADMIN

    async def listing(self, team: str, user: str) -> Listing | Denial:
        """Return the balies that this person may map, all of theirs for a workspace admin; or why nobody can tell."""
        person = await self._member(team, user)
        if isinstance(person, Denial):
            return person
        listed = await self._listed(team, user)
        if isinstance(listed, Denial):
            return listed
        every = {one.consumer_key.casefold() for one in listed}
        own = {one.consumer_key.casefold(): one for one in listed if person.is_admin or one.role == "admin"}
        return Listing(tuple(own.values()), len(every) - len(own))

    async def _member(self, team: str, user: str) -> Person | Denial:
        try:
            person = await self._people.ask(team, user)
        except SlackError as error:
            log.warning("person_unknown", error=str(error))
            return Denial.SLACK_SILENT
        return person if person.standing is Standing.MEMBER else Denial.NOT_MEMBER

    async def _listed(self, team: str, user: str) -> tuple[BalieListing, ...] | Denial:
        token = await self._linking.token(team, user)
        if token is None:
            return Denial.LINK_ENDED if await self._linking.has_ended(team, user) else Denial.NOT_LINKED
        try:
            listed = await self._uitpas.balies(token)
        except LinkEndedError:
            return _WHY[await self._trust.refused(team, user, token, asked=True)]
        except UnavailableError as error:
            log.info("balies_unknown", error=str(error))
            return Denial.UITPAS_SILENT
        except UitpasError as error:
            log.warning("balies_refused", error=str(error))
            return Denial.UITPAS_REFUSED
        self._trust.accepted()
        return listed
