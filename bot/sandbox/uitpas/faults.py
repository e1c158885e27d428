"""What goes wrong on demand: which call, how, and how often."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

CALLS = (
    "request_token",
    "authorize",
    "consent",
    "access_token",
    "service_consumers",
    "revoke_service_consumer",
    "start_report",
    "report_status",
    "report_download",
    "periods",
    "balie_list",
    "balie_search",
    "cashed_promotions",
    "card",
)
"""The names of all calls. `*` stands for every one of them."""

_SIGNED = frozenset(CALLS) - {"authorize", "consent"}

DETAILS: dict[str, frozenset[str]] = {
    "delay": frozenset(),
    "status": frozenset({"status", "retry_after", "processed"}),
    "drop": frozenset({"processed"}),
    "cut": frozenset({"framed"}),
    "malformed": frozenset(),
    "html": frozenset(),
    "doctype": frozenset(),
    "code": frozenset({"code", "message", "status", "required_permission", "processed"}),
    "revoked": frozenset(),
    "never_ends": frozenset(),
    "not_a_zip": frozenset(),
    "big": frozenset({"size"}),
    "truncated_zip": frozenset(),
    "unknown_layout": frozenset(),
    "wrong_total": frozenset(),
    "broken_row": frozenset(),
    "wrong_count": frozenset(),
    "doubled": frozenset(),
    "doubled_key": frozenset(),
    "without_secret": frozenset(),
    "without_user": frozenset(),
    "refused_all": frozenset(),
}
"""Every kind of fault, and what else may be said about it; `seconds` may be said about all."""

_ONLY: dict[str, frozenset[str]] = {
    "never_ends": frozenset({"report_status"}),
    **dict.fromkeys(
        ("not_a_zip", "big", "truncated_zip", "unknown_layout", "wrong_total"), frozenset({"report_download"})
    ),
    **dict.fromkeys(("broken_row", "wrong_count", "doubled"), frozenset({"cashed_promotions"})),
    **dict.fromkeys(("doubled_key", "without_secret"), frozenset({"request_token", "access_token"})),
    "without_user": frozenset({"access_token"}),
    "refused_all": _SIGNED,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong.

    Attributes:
        call: the name of a call, or `*`.
        kind: what goes wrong; `delay` is nothing but `seconds`. `broken_row` gives the first row of a list a date
            in month 31, `doubled` gives that row twice, `wrong_count` says that there are two rows more.
            `doubled_key` says `oauth_token` a second time, with another value; `without_secret` and `without_user`
            leave out that key. `refused_all` is HTTP 401 without a code to every signed call, of whatever employee
            or of none, as when the application's key is withdrawn or its clock is off; no token ends by it.
        seconds: how long the answer is held back, whatever the kind.
        status: HTTP status, for `status` (500 by default) and `code` (400 by default).
        retry_after: the seconds of a Retry-After header, for `status`.
        processed: whether the call is acted upon first, for `status`, `drop` and `code`.
        framed: for `cut`: the half answer is a whole HTTP message. Otherwise its Content-Length promises
            the whole answer and the connection is closed half-way.
        code: the code of UiTPAS, for `code`.
        message: its message.
        required_permission: the permission that ACCESS_DENIED names.
        size: how many bytes `big` sends; without it, until the client hangs up.
    """

    call: str
    kind: str
    seconds: float = 0
    status: int | None = None
    retry_after: int | None = None
    processed: bool = False
    framed: bool = False
    code: str = ""
    message: str = ""
    required_permission: str | None = None
    size: int | None = None

    def applies_to(self, call: str) -> bool:
        """Say whether this fault is one for that call."""
        return self.call in {"*", call} and call in _ONLY.get(self.kind, CALLS)


_TYPES: dict[str, type | tuple[type, ...]] = {
    "seconds": (int, float),
    "status": int,
    "retry_after": int,
    "processed": bool,
    "framed": bool,
    "code": str,
    "message": str,
    "required_permission": str,
    "size": int,
}


@dataclass
class _Waiting:
    fault: Fault
    times: int


@dataclass
class Faults:
    """The faults that wait for their call, oldest first. One call takes at most one of them."""

    _waiting: list[_Waiting] = field(default_factory=list)

    def add(self, call: str, kind: str, times: int | None = None, **detail: Any) -> None:
        """Let something go wrong the next `times` times (-1: until cleared) that `call` is called.

        Without `times` it is once, and for `refused_all` until cleared.

        Raises:
            ValueError: no such call, kind or detail.
            TypeError: a detail of the wrong type.
        """
        if times is None:
            times = -1 if kind == "refused_all" else 1
        _check(call, kind, times, detail)
        self._waiting.append(_Waiting(Fault(call, kind, **detail), times))

    def take(self, call: str) -> Fault | None:
        """Return the oldest fault for that call and count it as used once."""
        found = next((one for one in self._waiting if one.fault.applies_to(call)), None)
        if found is None:
            return None
        if found.times > 0:
            found.times -= 1
            if found.times == 0:
                self._waiting.remove(found)
        return found.fault

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self._waiting.clear()

    def listed(self) -> list[dict[str, Any]]:
        """Return the waiting faults as `add` takes them, without what was left at its default."""
        return [{**_said(one.fault), "times": one.times} for one in self._waiting]


def _said(fault: Fault) -> dict[str, Any]:
    defaults = {one.name: one.default for one in fields(Fault)}
    return {name: value for name, value in asdict(fault).items() if value != defaults[name]}


def _check(call: str, kind: str, times: object, detail: dict[str, Any]) -> None:
    if call not in {"*", *CALLS}:
        raise ValueError(f"no such call; there are * {' '.join(CALLS)}")
    if kind not in DETAILS:
        raise ValueError(f"no such kind; there are {' '.join(DETAILS)}")
    if call != "*" and call not in _ONLY.get(kind, CALLS):
        raise ValueError(f"{kind} is only for {' '.join(sorted(_ONLY[kind]))}")
    if call != "*" and kind == "refused_all":
        raise ValueError("refused_all is for every call: *")
    if not isinstance(times, int) or times == 0 or times < -1:
        raise ValueError("times is a number above 0, or -1 for always")
    _check_detail(kind, detail)


def _check_detail(kind: str, detail: dict[str, Any]) -> None:
    allowed = DETAILS[kind] | {"seconds"}
    for name, value in detail.items():
        if name not in allowed:
            raise ValueError(f"{kind} takes {' '.join(sorted(allowed))}")
        if not isinstance(value, _TYPES[name]):
            raise TypeError(f"{name} has the wrong type")
    if kind == "code" and not detail.get("code"):
        raise ValueError("code needs the code to answer with")
    if not 200 <= detail.get("status", 200) <= 599:
        raise ValueError("status is an HTTP status")
