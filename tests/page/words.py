"""What each language says on the way, written down here apart from the program."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Somebody, where they sit, and what they read there."""

    person: str
    locale: str
    conversation: str
    command: str
    last_quarter: str
    balie: str
    search: str
    balie_label: str
    title: str
    choose: str
    period: str
    first: str
    last: str
    submit: str
    confirmed: str
    close: str
    running: str
    replies: str
    one_reply: str
    ready: str
    done: str
    cancel: str
    no: str
    yes: str
    cancelled: str
    before: str
    retry: str
    failed: str
    no_right: str
    empty: str
    nothing: str
    no_such_day: str
    only_you: str
    future: str
    reversed: str


DUTCH = Words(
    person="lien",
    locale="nl-BE",
    conversation="balie-de-sluis",
    command="rapport",
    last_quarter="/uitpas rapport vorig kwartaal",
    balie="de-sluis",
    search="",
    balie_label="Balie",
    title="Onkostennota",
    choose="Kies een periode",
    period=r"^1 april – 30 juni \d{4}$",
    first="Van",
    last="Tot en met",
    submit="Aanvragen",
    confirmed="",
    close="Sluiten",
    running="Het antwoord komt in deze draad",
    replies="2 antwoorden",
    one_reply="1 antwoord",
    ready="is klaar.",
    done="Klaar. Het antwoord staat in de draad.",
    cancel="Annuleren",
    no="Nee, laat lopen",
    yes="Ja, annuleren",
    cancelled="Geannuleerd door",
    before="is hier al bezorgd",
    retry="Opnieuw proberen",
    failed="Niet gelukt. In de draad staat waarom.",
    no_right="Je UiTiD heeft hiervoor geen rechten aan deze balie.",
    empty="Afgerond: er is in deze periode niets geregistreerd.",
    nothing="geen kansentarieven geregistreerd, dus is er geen onkostennota",
    no_such_day="Die datum bestaat niet. Kijk de dag en de maand na.",
    only_you="Alleen zichtbaar voor jou",
    future="Deze dag moet nog komen. Kies vandaag of vroeger.",
    reversed="Deze dag valt voor de begindatum. Kies een latere.",
)
ENGLISH = Words(
    person="emily",
    locale="en-GB",
    conversation="Baliebot",
    command="report",
    last_quarter="/uitpas report last quarter molenschoot",
    balie="molenschoot",
    search="molen",
    balie_label="Desk",
    title="Expense claim",
    choose="Choose a period",
    period=r"^1 April – 30 June \d{4}$",
    first="From",
    last="Up to and including",
    submit="Request",
    confirmed="The answer will come in your direct messages with me.",
    close="Close",
    running="The answer will come in this thread",
    replies="2 replies",
    one_reply="1 reply",
    ready="is ready.",
    done="Done. The answer is in the thread.",
    cancel="Cancel",
    no="No, keep going",
    yes="Yes, cancel it",
    cancelled="Cancelled by",
    before="was delivered here before",
    retry="Try again",
    failed="It did not work. The thread says why.",
    no_right="Your UiTiD has no right to this at this desk.",
    empty="Finished: nothing was registered in this period.",
    nothing="so there is no expense claim",
    no_such_day="That date does not exist. Check day and month.",
    only_you="Only visible to you",
    future="This day is still to come. Choose today or earlier.",
    reversed="This day is before the first one. Choose a later.",
)
