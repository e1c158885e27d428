"""The periods that UiTPAS has ready for a balie, as a help to whoever fills in a form."""

import structlog

from bot.clients.uitpas import UitpasClient
from bot.errors import AdministratorError, LinkEndedError, UitpasError
from bot.models import Balie, Offer
from bot.services.linking import Linking

log = structlog.get_logger(__name__)


class Suggestions:
    """Asks UiTPAS; nothing depends on the answer, so trouble is part of it and no error."""

    def __init__(self, *, uitpas: UitpasClient, linking: Linking) -> None:
        self._uitpas = uitpas
        self._linking = linking

    async def periods(self, balie: Balie, user: str) -> Offer:
        """Return the settlement periods of this balie, asked with the token of this person."""
        token = await self._linking.token(balie.team, user)
        if token is None:
            return Offer(trouble="ended")
        try:
            return Offer(await self._uitpas.periods(token, balie.consumer_key))
        except LinkEndedError:
            return Offer(trouble="ended")
        except AdministratorError as error:
            log.info("periods_denied", error=str(error))
            return Offer(trouble=error.code)
        except UitpasError as error:
            log.info("no_periods", error=str(error))
            return Offer(trouble="silent")
