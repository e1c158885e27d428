"""A call once it has been admitted: who asks, with which parameters."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.sandbox.uitpas.answers import Refusal
from bot.sandbox.uitpas.faults import Fault
from bot.sandbox.uitpas.people import Balie, Employee
from bot.sandbox.uitpas.signature import Pairs
from bot.sandbox.uitpas.world import World

REPORT_PERMISSION = "PERMISSION_FINANCIALREPORT - ACTION_READ"
HOLDER_PERMISSION = "PERMISSION_PASSHOLDER - ACTION_READ"


@dataclass(frozen=True, slots=True)
class Question:
    """An admitted call.

    Attributes:
        parameters: query and form together, without OAuth's own.
        path: the variable parts of the path.
        employee: whose token it came with; None for a two-legged call or a holder.
        holder: the uid of the holder whose token it came with; None for everybody else.
        fault: what was asked to go wrong with this call.
    """

    parameters: Pairs
    path: Mapping[str, str]
    employee: Employee | None = None
    holder: str | None = None
    fault: Fault | None = None

    def get(self, name: str) -> str | None:
        """Return the first value of a parameter; an empty one counts as absent."""
        return next((value for key, value in self.parameters if key == name and value), None)

    def require(self, *names: str) -> None:
        """Refuse the call when one of these parameters is absent.

        Raises:
            Refusal: MISSING_REQUIRED_FIELDS.
        """
        missing = [name for name in names if self.get(name) is None]
        if missing:
            raise Refusal("MISSING_REQUIRED_FIELDS", f"Missing required fields: {', '.join(missing)}")

    def boolean(self, name: str) -> bool | None:
        """Return a parameter that must be the word `true` or `false`.

        Raises:
            Refusal: INVALID_PARAMETERS.
        """
        text = self.get(name)
        if text not in {None, "true", "false"}:
            raise Refusal("INVALID_PARAMETERS", f"{name} is neither true nor false")
        return None if text is None else text == "true"

    def number(self, name: str, default: int) -> int:
        """Return a parameter that must be a whole number, not below 0 and of nine digits at most.

        Raises:
            Refusal: INVALID_PARAMETERS.
        """
        text = self.get(name) or str(default)
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise Refusal("INVALID_PARAMETERS", f"{name} is no number.")
        return int(text)

    def choice(self, name: str, words: tuple[str, ...]) -> str:
        """Return a parameter that must be one of these words; the first one when it is absent.

        Raises:
            Refusal: INVALID_PARAMETERS.
        """
        word = self.get(name) or words[0]
        if word not in words:
            raise Refusal("INVALID_PARAMETERS", f"{name} is none of {', '.join(words)}.")
        return word

    def allow(self, *names: str) -> None:
        """Refuse the call when it has any other parameter, or one of these twice.

        Raises:
            Refusal: INVALID_PARAMETERS.
        """
        sent = [name for name, _ in self.parameters]
        if not set(sent) <= set(names) or len(set(sent)) < len(sent):
            raise Refusal("INVALID_PARAMETERS", "Unknown or repeated parameter.")

    def acting_balie(self, world: World, permission: str) -> Balie:
        """Return the balie of `balieConsumerKey` when the employee works there.

        Args:
            world: where the balie is looked for.
            permission: what the refusal says is missing.

        Raises:
            Refusal: UNKNOWN_BALIE_CONSUMERKEY, also when the key is absent: then the key that signed counts, and
                no application here is a balie; ACCESS_DENIED.
        """
        balie = world.balie(self.get("balieConsumerKey") or "")
        if balie is None:
            raise Refusal("UNKNOWN_BALIE_CONSUMERKEY", "No balie with this consumer key.")
        if self.employee is None or self.employee.role_at(balie) is None:
            message = f"User has no permission for balie {balie.number}."
            raise Refusal("ACCESS_DENIED", message, required_permission=permission)
        return balie
