"""What its owner is told about a digest that could not be as it was set up, mostly in their direct messages."""

from collections.abc import Mapping

import slackblocks as slack

from bot.digests import Digest, DigestRun, Standstill
from bot.models import Language, Message
from handlers.render.blocks import context, message, section
from handlers.render.digest_schedule import in_words, next_time, planned
from handlers.render.formats import escape, period, plain
from handlers.render.link_button import link_button
from handlers.render.texts import Plural, Text

MOST_NAMES, NAME = 3, 60
"""Balies that tell one digest of a channel from another, and characters of their names."""

PAUSED: Mapping[Standstill, Text] = {
    Standstill.MEMBER: Text(
        nl="*Je digest {place} is gepauzeerd* door iemand van dat kanaal. Moet hij weer lopen, typ daar dan"
        ' `/uitpas digest` en kies "Hervatten".',
        en="*Your digest {place} is paused* by somebody of that channel. To let it run again, type `/uitpas digest`"
        ' there and choose "Resume".',
    ),
    Standstill.LINK: Text(
        nl="*Je digest {place} is gepauzeerd:* het UiTiD waarmee hij loopt, is niet meer aan je gekoppeld. Koppel het"
        " opnieuw, dan gaat de digest vanzelf verder. Heb je nu een ander, typ daar dan `/uitpas digest` en kies"
        ' "Hervatten".',
        en="*Your digest {place} is paused:* the UiTiD it runs with is no longer linked to you. Link it again, and the"
        " digest goes on by itself. If you have another one now, type `/uitpas digest` there and choose"
        ' "Resume".',
    ),
    Standstill.OWNER_GONE: Text(
        nl="*Een digest {place} is gestopt:* wie hem instelde, is geen volwaardig lid meer van deze werkruimte. Nog"
        " nodig? Stel hem opnieuw in met `/uitpas digest`; dat kan iedereen die zijn UiTiD koppelde.",
        en="*A digest {place} has stopped:* whoever set it up is no longer a full member of this workspace. Still"
        " needed? Set it up anew with `/uitpas digest`; everybody who linked their UiTiD can.",
    ),
    Standstill.OWNER_LEFT: Text(
        nl="*Je digest {place} is gepauzeerd:* je zit zelf niet meer in dat kanaal. Ga er weer in, typ daar"
        ' `/uitpas digest` en kies "Hervatten".',
        en="*Your digest {place} is paused:* you are no longer in that channel yourself. Join it again, type"
        ' `/uitpas digest` there and choose "Resume".',
    ),
    Standstill.ARCHIVED: Text(
        nl="*Je digest {place} is gepauzeerd:* dat kanaal is gearchiveerd. Wordt het teruggehaald, typ daar dan"
        ' `/uitpas digest` en kies "Hervatten". Of stel in een ander kanaal een nieuwe digest in.',
        en="*Your digest {place} is paused:* that channel is archived. Once it is brought back, type `/uitpas digest`"
        ' there and choose "Resume". Or set up a new digest in another channel.',
    ),
    Standstill.OUTSIDERS: Text(
        nl="*Je digest {place} is gepauzeerd:* dat kanaal wordt gedeeld met mensen van buiten je organisatie. Stel in"
        " een ander kanaal een nieuwe digest in. Of stop het delen, typ daar dan `/uitpas digest` en kies"
        ' "Hervatten".',
        en="*Your digest {place} is paused:* that channel is shared with people from outside your organisation. Set up"
        " a new digest in another channel. Or stop the sharing, then type `/uitpas digest` there and choose"
        ' "Resume".',
    ),
    Standstill.NOT_THERE: Text(
        nl="*Je digest {place} is gepauzeerd:* ik kan daar niet schrijven. Typ er `/invite @baliebot`, daarna"
        ' `/uitpas digest`, en kies "Hervatten". Of stel in een ander kanaal een nieuwe digest in.',
        en="*Your digest {place} is paused:* I can't write there. Type `/invite @baliebot` there, then"
        ' `/uitpas digest`, and choose "Resume". Or set up a new digest in another channel.',
    ),
    Standstill.NO_BALIES: Text(
        nl="*Je digest {place} is gepauzeerd:* geen van zijn balies staat nog op de lijst van deze werkruimte. Typ daar"
        ' `/uitpas digest` om andere balies te kiezen. Of laat een beheerder ze terugzetten en kies dan "Hervatten".',
        en="*Your digest {place} is paused:* none of its desks is on the list of this workspace any more. Type"
        " `/uitpas digest` there to choose other desks. Or have an admin put them back, then choose"
        ' "Resume".',
    ),
}
IN_CHANNEL = Text(nl="in {channel}", en="in {channel}")
IN_DIRECT = Text(nl="in ons privégesprek", en="in our direct messages")
HERE = Text(nl="in dit kanaal", en="in this channel")
AND_MORE = Plural(
    one=Text(nl="en nog {n} balie", en="and {n} more desk"), other=Text(nl="en nog {n} balies", en="and {n} more desks")
)
NAMELESS = Text(nl="(zonder naam)", en="(no name)")
WHICH = Text(nl="Digest: {balies}; {schedule}.", en="Digest: {balies}; {schedule}.")
MISSED = Text(
    nl="*Je digest {place} sloeg ik een keer over.* Hij moest lopen op {planned}, maar meer dan een dag lang ging dat"
    " niet: de bot lag stil, of UiTPAS of Slack antwoordde niet. Heb je hem nog nodig, typ daar dan `/uitpas digest` en"
    ' kies "Nu proberen".',
    en="*I left out your digest {place} once.* It should have run on {planned}, but for more than a day it could not:"
    " the bot was down, or UiTPAS or Slack did not answer. If you still need it, type `/uitpas digest` there and"
    ' choose "Try now".',
)
UNSURE = Text(
    nl="*Van je digest {place} weet ik niet of hij is aangekomen:* Slack bevestigde het bericht{about} niet. Ik plaats"
    " het niet nog eens, anders staat het er misschien twee keer. De details per balie volgen hier.",
    en="*I don't know whether your digest {place} has arrived:* Slack did not confirm the message{about}. I won't post"
    " it again, or it might be there twice. The details of each desk follow here.",
)
ABOUT = Text(nl=" over {period}", en=" about {period}")


def paused(digest: Digest, language: Language) -> Message:
    """Return that a digest runs no more, and what to do about it: to its owner, or to its channel when they are gone.

    One that does not say why it stands still was paused by a person.
    """
    why = digest.standstill or Standstill.MEMBER
    place = HERE.say(language) if why is Standstill.OWNER_GONE else _place(digest, language)
    offer = [slack.ActionsBlock([link_button(language)])] if why is Standstill.LINK else []
    return _said(PAUSED[why].say(language, place=place), _which(digest, language), *offer)


def missed(run: DigestRun, language: Language) -> Message:
    """Return that a run was left out as the bot was down for too long, and how to have it all the same."""
    digest = run.digest
    when = planned(run.planned_at, digest.schedule, language)
    text = MISSED.say(language, place=_place(digest, language), planned=when)
    return _said(text, f"{_which(digest, language)}\n{next_time(digest, language)}")


def unsure(run: DigestRun, language: Language) -> Message:
    """Return that Slack did not say whether the message of a run arrived, and where its replies are."""
    about = ABOUT.say(language, period=period(run.period, language)) if run.period else ""
    text = UNSURE.say(language, place=_place(run.digest, language), about=about)
    return _said(text, _which(run.digest, language))


def _said(text: str, which: str, *offer: slack.Block) -> Message:
    return message(f"{text}\n{which}", section(text), context(which), *offer)


def _place(digest: Digest, language: Language) -> str:
    if digest.channel.startswith("D"):
        return IN_DIRECT.say(language)
    return IN_CHANNEL.say(language, channel=f"<#{digest.channel}>")


def _which(digest: Digest, language: Language) -> str:
    names = [escape(plain(one.name, NAME)) or NAMELESS.say(language) for one in (*digest.balies, *digest.missing)]
    more = len(names) - MOST_NAMES
    balies = ", ".join(names[:MOST_NAMES]) + (f" {AND_MORE.say(more, language)}" if more > 0 else "")
    return WHICH.say(language, balies=balies, schedule=in_words(digest.schedule, language))
