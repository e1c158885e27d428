"""What a question about a card leaves in Slack: sealed, for one person, for half an hour, with the newest key alone."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from bot.cards import CardNumber, CardQuestion, Order, Sort
from bot.clock import Clock
from bot.models import Language, Period
from bot.sealing import Sealer
from handlers.context import Caller

LIFE = timedelta(minutes=30)
"""As long as Slack takes answers to a click in a message that only one person sees."""
_PURPOSE = "card"


class CardSeal:
    """Turns questions into button values and back."""

    def __init__(self, *, sealer: Sealer, clock: Clock) -> None:
        self._sealer = sealer
        self._clock = clock

    def seal(self, caller: Caller, question: CardQuestion, start: int = 0) -> str:
        """Return the question, and the row to begin with, as a text that tells nothing."""
        content = {
            "number": question.number.digits,
            "balie": str(question.balie),
            "first": question.period.first.isoformat(),
            "last": question.period.last.isoformat(),
            "sort": question.sort.value,
            "order": question.order.value,
            "clipped": "yes" if question.clipped else "",
            "start": str(start),
        }
        now = self._clock.now()
        return self._sealer.seal_briefly(content, now, purpose=_PURPOSE, team=caller.team, user=caller.user)

    def open(self, caller: Caller, sealed: str) -> tuple[CardQuestion, int]:
        """Return what was sealed for this person.

        Raises:
            SealError: too old, for somebody else, or with an older key.
        """
        now = self._clock.now()
        found = self._sealer.open_briefly(sealed, now, LIFE, purpose=_PURPOSE, team=caller.team, user=caller.user)
        period = Period(date.fromisoformat(found["first"]), date.fromisoformat(found["last"]))
        question = CardQuestion(
            number=CardNumber(found["number"]),
            balie=int(found["balie"]),
            period=period,
            sort=Sort(found["sort"]),
            order=Order(found["order"]),
            clipped=bool(found["clipped"]),
        )
        return question, int(found["start"])


@dataclass(frozen=True, slots=True)
class CardFormState:
    """What the form of a card must still know when it comes back: as private_metadata, of at most 3,000 characters.

    `response_url` is where the command or click that opened it is answered, empty after a shortcut; `is_whisper` says
    that the answer takes the place of the one clicked in. `sealed` is a question about a card that is not to be typed
    again.
    """

    language: Language
    response_url: str
    is_whisper: bool = False
    sealed: str = ""

    def encode(self) -> str:
        """Return it as text."""
        return json.dumps(["card", self.language, self.response_url, self.is_whisper, self.sealed])

    @classmethod
    def decode(cls, text: str) -> Self:
        """Return what `encode` made a text of.

        Raises:
            ValueError: it is something else.
        """
        kind, language, url, is_whisper, sealed = json.loads(text)
        if kind != "card":
            raise ValueError(kind)
        return cls(Language(language), str(url), bool(is_whisper), str(sealed))
