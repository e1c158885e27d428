"""What somebody reads on the way of a link, written down here apart from the program."""

from dataclasses import dataclass, replace

from tests.page.words import DUTCH, ENGLISH, Words


@dataclass(frozen=True)
class LinkWords:
    """Somebody without a UiTiD, who they are at UiTiD, and what they read in Slack and in the browser."""

    words: Words
    account: str
    unlink: tuple[str, str, str] | None
    not_linked: str
    link: str
    go: str
    asked_by: str
    question: str
    yes: str
    stop: str
    who: str
    allow: str
    code: str
    enter: str
    field: str
    submit: str
    theirs: str
    mine: str
    done: str
    told: str


DUTCH_LINK = LinkWords(
    words=replace(DUTCH, person="bram"),
    account="Bram Cosemans (bram)",
    unlink=None,
    not_linked="Daarna gaat je onkostennota vanzelf verder.",
    link="UiTiD koppelen",
    go="Naar UiTiD",
    asked_by="Bram De Coster",
    question="Heb je dit net zelf gevraagd, in je eigen Slack?",
    yes="Ja, verder",
    stop="Stop",
    who="Wie ben je?",
    allow="Toestaan",
    code="Nog één stap, in Slack",
    enter="Code invullen",
    field="Code",
    submit="Koppelen",
    theirs="CC De Sluis",
    mine="Ja, van mij",
    done="Je UiTiD is gekoppeld.",
    told="Was jij dat niet? Typ /uitpas ontkoppel.",
)
ENGLISH_LINK = LinkWords(
    words=ENGLISH,
    account="Amina Bakkali (amina)",
    unlink=("/uitpas disconnect", "Yes, unlink", "Your UiTiD is unlinked, and UiTiD revoked my access."),
    not_linked="Your expense claim then goes on by itself.",
    link="Link your UiTiD",
    go="Go to UiTiD",
    asked_by="Emily Harper",
    question="Did you ask for this yourself just now, in your own Slack?",
    yes="Yes, go on",
    stop="Stop",
    who="Who are you?",
    allow="Allow",
    code="One more step, in Slack",
    enter="Enter the code",
    field="Code",
    submit="Link",
    theirs="Stadsloket Molenschoot (admin)",
    mine="Yes, it's mine",
    done="Your UiTiD is linked.",
    told="Was that not you? Type /uitpas disconnect.",
)
