"""The periods that UiTPAS has ready for a balie, as a help to whoever fills in a form."""

import structlog

from bot.clients.uitpas import UitpasClient
from bot.errors import AdministratorError, LinkEndedError, UitpasError
from bot.models import Balie, Offer
from bot.services.linking import Linking
from bot.services.trust import Trust, Verdict

log = structlog.get_logger(__name__)

_WHY = {Verdict.ENDED: "ended", Verdict.EVERYBODY: "everybody", Verdict.UNKNOWN: "silent"}


class Suggestions:
    """Asks UiTPAS; nothing depends on the answer, so trouble is part of it and no error."""

    def __init__(self, *, uitpas: UitpasClient, linking: Linking, trust: Trust) -> None:
        self._uitpas = uitpas
        self._linking = linking
        self._trust = trust

    async def periods(self, balie: Balie, user: str) -> Offer:
        """Return the settlement periods of this balie, asked with the token of this person."""
        token = await self._linking.token(balie.team, user)
        if token is None:
            return Offer(trouble="ended")
        try:
            periods = await self._uitpas.periods(token, balie.consumer_key)
        except LinkEndedError:
            return Offer(trouble=_WHY[await self._trust.refused(balie.team, user, token, asked=True)])
        except AdministratorError as error:
            log.info("periods_denied", error=str(error))
            return Offer(trouble=error.code)
        except UitpasError as error:
            log.info("no_periods", error=str(error))
            return Offer(trouble="silent")
        self._trust.accepted()
        return Offer(periods)
