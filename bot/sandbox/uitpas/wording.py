"""What the pages at UiTiD say, in Dutch and in English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of all pages in one language; braces hold the place of a name."""

    lang: str
    title: str
    stand_in: str
    who: str
    choose: str
    no_balie: str
    known: str
    asks: str
    allow: str
    refuse: str
    log_in: str
    log_out: str
    over_title: str
    over: str
    profile: str
    linked: str
    unlinked: str
    revoke: str
    foreign: str


DUTCH = Words(
    lang="nl",
    title="Aanmelden met UiTiD",
    stand_in="Dit is een nagebouwd UiTiD om mee te oefenen. Hier is geen wachtwoord nodig.",
    who="Wie ben je?",
    choose="Kies eerst wie je bent.",
    no_balie="werkt aan geen balie",
    known="Je bent aangemeld als {}.",
    asks="{} vraagt toegang tot UiTPAS in jouw naam.",
    allow="Toestaan",
    refuse="Weigeren",
    log_in="Aanmelden",
    log_out="Afmelden",
    over_title="Aanmelding verlopen",
    over="Deze aanmelding is gebruikt of onbekend. Begin opnieuw.",
    profile="Mijn UiTiD",
    linked="Deze toepassing heeft toegang tot UiTPAS in jouw naam:",
    unlinked="Geen enkele toepassing heeft toegang in jouw naam.",
    revoke="Toegang intrekken",
    foreign="Dit kan alleen vanaf de pagina van UiTiD zelf. Open ze en probeer het daar.",
)
ENGLISH = Words(
    lang="en",
    title="Log in with UiTiD",
    stand_in="This is a UiTiD rebuilt for practice. No password is needed here.",
    who="Who are you?",
    choose="First choose who you are.",
    no_balie="works at no desk",
    known="You are logged in as {}.",
    asks="{} asks for access to UiTPAS in your name.",
    allow="Allow",
    refuse="Refuse",
    log_in="Log in",
    log_out="Log out",
    over_title="Login ended",
    over="This login was used or is unknown. Begin again.",
    profile="My UiTiD",
    linked="This application has access to UiTPAS in your name:",
    unlinked="No application has access in your name.",
    revoke="Take access away",
    foreign="This can be done on UiTiD's own page only. Open it and try there.",
)


def words_for(lang: str) -> Words:
    """Return the words of a page asked for with `lang`; UiTiD's French and German are not imitated and give Dutch."""
    return ENGLISH if lang == "en" else DUTCH
