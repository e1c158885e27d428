"""What the list of digests says."""

from bot.digests import Standstill
from bot.models import Language
from handlers.render.texts import Button, ConfirmText, ConfirmTitle, Plural, Text

POINT = Plural(
    one=Text(nl="{n} digest komt hier", en="{n} digest comes here"),
    other=Text(nl="{n} digests komen hier", en="{n} digests come here"),
)
HEAD = Text(nl="*Digests die hier komen*", en="*Digests that come here*")
NONE = Text(nl="Hier komen geen digests.", en="No digests come here.")
FULL = Text(
    nl="Hier kunnen hoogstens {most} digests komen. Verwijder er een om een nieuwe in te stellen.",
    en="At most {most} digests can come here. Remove one to set up another.",
)
NAMELESS = Text(nl="(zonder naam)", en="(no name)")
AND = Text(nl="{balies} en {last}", en="{balies} and {last}")
MORE = Plural(one=Text(nl="nog {n} balie", en="{n} more desk"), other=Text(nl="nog {n} balies", en="{n} more desks"))
MISSING = Text(nl="Niet meer op de lijst: {balies}", en="No longer on the list: {balies}")
OWNER = Text(nl="Ingesteld door {owner}, in het {spoken}", en="Set up by {owner}, in {spoken}")
SPOKEN: dict[Language, Text] = {
    Language.NL: Text(nl="Nederlands", en="Dutch"),
    Language.EN: Text(nl="Engels", en="English"),
}
MENDS: dict[Standstill, Text] = {
    Standstill.MEMBER: Text(nl="Kies Hervatten om hem weer te laten lopen.", en="Choose Resume to let it run again."),
    Standstill.LINK: Text(
        nl="Koppel hetzelfde UiTiD opnieuw met `/uitpas koppel`, dan loopt hij vanzelf weer. Na een ander UiTiD kies je"
        " Hervatten.",
        en="Link the same UiTiD again with `/uitpas connect`, and it runs again by itself. After another UiTiD, choose"
        " Resume.",
    ),
    Standstill.OWNER_GONE: Text(
        nl="Ben je weer volwaardig lid, kies dan Hervatten.", en="If you are a full member again, choose Resume."
    ),
    Standstill.OWNER_LEFT: Text(
        nl="Word weer lid van het kanaal en kies dan Hervatten.", en="Join the channel again, then choose Resume."
    ),
    Standstill.ARCHIVED: Text(
        nl="Haal het kanaal uit het archief en kies dan Hervatten, of stel de digest in een ander kanaal in.",
        en="Unarchive the channel, then choose Resume; or set the digest up in another channel.",
    ),
    Standstill.OUTSIDERS: Text(
        nl="Stel de digest in een ander kanaal in en verwijder deze; of kies Hervatten als het kanaal niet meer gedeeld"
        " wordt.",
        en="Set the digest up in another channel and remove this one; or choose Resume once the channel is no longer"
        " shared.",
    ),
    Standstill.NOT_THERE: Text(
        nl="Typ `/invite @baliebot` in het kanaal en kies dan Hervatten.",
        en="Type `/invite @baliebot` in the channel, then choose Resume.",
    ),
    Standstill.NO_BALIES: Text(
        nl="Kies andere balies met Aanpassen, en dan Hervatten.", en="Choose other desks with Change, then Resume."
    ),
}
MEND_OF_OTHER = Text(nl="Alleen {owner} kan hem hervatten.", en="Only {owner} can resume it.")
MEND_OF_GONE = Text(
    nl="Stel zelf een nieuwe in; een beheerder van de werkruimte kan deze verwijderen.",
    en="Set up a new one yourself; an admin of the workspace can remove this one.",
)

NEW_LABEL = Button(nl="Nieuwe digest", en="New digest")
TRY_LABEL = Button(nl="Nu proberen", en="Try now")
EDIT_LABEL = Button(nl="Aanpassen", en="Change")
PAUSE_LABEL = Button(nl="Pauzeren", en="Pause")
RESUME_LABEL = Button(nl="Hervatten", en="Resume")
REMOVE_LABEL = Button(nl="Verwijderen", en="Remove")
REMOVE_TITLE = ConfirmTitle(nl="Deze digest verwijderen?", en="Remove this digest?")
REMOVE_TEXT = ConfirmText(
    nl="Er komen geen nieuwe berichten meer van. Wat er al staat, blijft staan.",
    en="No new messages will come of it. What is there already stays.",
)
REMOVE_YES = Button(nl="Verwijderen", en="Remove")
REMOVE_NO = Button(nl="Laat staan", en="Keep it")

TRYING = Text(
    nl="Ik probeer het nu: het antwoord komt in {place}.", en="I am trying it now: the answer comes in {place}."
)
HERE = Text(nl="dit kanaal", en="this channel")
DIRECT = Text(nl="je privéberichten met mij", en="your direct messages with me")
RUNNING = Text(
    nl="Deze digest wordt al geprobeerd. Het antwoord komt vanzelf.",
    en="This digest is being tried already. The answer comes by itself.",
)
PAUSED = Text(
    nl="Gepauzeerd: er komt niets tot de digest hervat wordt.", en="Paused: nothing comes until the digest is resumed."
)
RESUMED = Text(nl="Hervat: de digest loopt weer.", en="Resumed: the digest runs again.")
REMOVED = Text(nl="De digest is verwijderd.", en="The digest is removed.")
GONE = Text(
    nl="Deze digest is er niet meer. Typ `/uitpas digest` in het kanaal om te zien wat er wel is.",
    en="This digest is no longer there. Type `/uitpas digest` in the channel to see what is.",
)
NOT_THEIRS = Text(
    nl="Deze digest is van {owner}: alleen {owner} kan dat.", en="This digest is {owner}'s: only {owner} can do that."
)
NOT_THEIRS_TO_REMOVE = Text(
    nl="Deze digest is van {owner}: alleen {owner} of een beheerder van de werkruimte kan hem verwijderen.",
    en="This digest is {owner}'s: only {owner} or an admin of the workspace can remove it.",
)
NOT_MEMBER = Text(
    nl="De bot is er voor volwaardige leden van deze werkruimte. Vraag een collega om de digests te bekijken.",
    en="The bot is for full members of this workspace. Ask a colleague to look at the digests.",
)
