"""What can be typed and clicked, wired: a function for each feature, its parts together.

To remove a feature: its function here, and its modules.
"""

from collections.abc import Callable

from slack_bolt.app.async_app import AsyncApp

from bot.parts import Parts
from bot.services.balie_changes import BalieChanges
from bot.services.balie_rights import Rights
from bot.services.balie_sync import BalieSync
from bot.services.cards import Cards
from bot.services.digests import Digests
from bot.services.home import Homes
from bot.services.link_browser import LinkBrowser
from bot.services.link_codes import LinkCodes
from bot.services.link_start import LinkStart
from bot.services.rations import Ration
from bot.services.reports import Reports
from handlers import status
from handlers.balie_select import BalieSelect
from handlers.balies import BalieHandlers
from handlers.balies_rename import BalieRename
from handlers.card import CardHandlers
from handlers.card_file import CardFile
from handlers.card_form import CardForms
from handlers.card_reply import CardReply
from handlers.card_state import CardSeal
from handlers.card_submission import CardSubmission
from handlers.command import Verb
from handlers.digest import DigestHandlers
from handlers.digest_form import DigestForms
from handlers.digest_screen import DigestScreen
from handlers.digest_submission import DigestSubmission
from handlers.digest_zones import Zones, ZoneSelect
from handlers.held_reports import HeldReportHandlers
from handlers.home import HomeHandlers
from handlers.link_pages import LinkPages
from handlers.linking import LinkingHandlers
from handlers.linking_balies import LinkedBalies
from handlers.linking_form import LinkForm
from handlers.render.digest_form import blank_form
from handlers.repeats import Repeats
from handlers.report import ReportHandlers
from handlers.report_form import ReportForm
from handlers.report_submission import Submission
from handlers.temporary_files import FileSender
from handlers.turn import Turns
from handlers.unlinking import UnlinkHandlers


def verbs(parts: Parts, app: AsyncApp, turns: Turns, wake: Callable[[], None]) -> list[Verb]:
    """Let every feature listen; return what can be typed, in the order of the help."""
    reports = Reports(database=parts.database, clock=parts.clock, patience=parts.patience)
    HomeHandlers(homes=Homes(database=parts.database, clock=parts.clock), wake=wake).register(app)
    return [
        _report(parts, reports, turns, wake).register(app),
        _cards(parts, turns).register(app),
        _balies(parts, turns, wake).register(app),
        _digests(parts, turns, wake).register(app),
        _linking(parts, reports, turns, wake).register(app),
        _unlinking(parts, app, turns, wake),
        status.verb(reports=reports, people=parts.people, zone=parts.settings.zone),
    ]


def _report(parts: Parts, reports: Reports, turns: Turns, wake: Callable[[], None]) -> ReportHandlers:
    select = BalieSelect(balies=parts.balies, people=parts.people)
    zone, clock = parts.settings.zone, parts.clock
    submission = Submission(
        reports=reports,
        balies=parts.balies,
        slack=parts.slack,
        identity=parts.identity,
        screen=parts.screen,
        clock=clock,
        zone=zone,
        wake=wake,
    )
    form = ReportForm(
        reports=reports,
        balies=parts.balies,
        slack=parts.slack,
        turns=turns,
        select=select,
        screen=parts.screen,
        submission=submission,
        clock=clock,
        zone=zone,
    )
    return ReportHandlers(
        reports=reports,
        balies=parts.balies,
        people=parts.people,
        identity=parts.identity,
        turns=turns,
        select=select,
        form=form,
        clock=clock,
        zone=zone,
        wake=wake,
    )


def _cards(parts: Parts, turns: Turns) -> CardHandlers:
    clock, zone, people = parts.clock, parts.settings.zone, parts.people
    ration = Ration(clock=clock)
    cards = Cards(database=parts.database, uitpas=parts.uitpas, linking=parts.linking, trust=parts.trust, ration=ration)
    seal, repeats = CardSeal(sealer=parts.sealer, clock=clock), Repeats(clock=clock)
    reply = CardReply(cards=cards, people=people, seal=seal, zone=zone)
    sender = FileSender(files=parts.temporary_files, slack=parts.slack)
    submission = CardSubmission(
        balies=parts.balies, turns=turns, reply=reply, seal=seal, repeats=repeats, clock=clock, zone=zone
    )
    forms = CardForms(
        cards=cards,
        balies=parts.balies,
        slack=parts.slack,
        turns=turns,
        select=BalieSelect(balies=parts.balies, people=people),
        reply=reply,
        submission=submission,
        seal=seal,
        clock=clock,
        zone=zone,
    )
    return CardHandlers(
        cards=cards,
        turns=turns,
        reply=reply,
        forms=forms,
        file=CardFile(reply=reply, files=parts.temporary_files, sender=sender, zone=zone),
        seal=seal,
        repeats=repeats,
        clock=clock,
        zone=zone,
    )


def _linking(parts: Parts, reports: Reports, turns: Turns, wake: Callable[[], None]) -> LinkingHandlers:
    clock, database, seal, endings = parts.clock, parts.database, parts.link_seal, parts.link_endings
    codes = LinkCodes(
        database=database,
        seal=seal,
        endings=endings,
        linking=parts.linking,
        reports=reports,
        uitid=parts.uitid,
        uitpas=parts.uitpas,
        clock=clock,
    )
    rights = Rights(people=parts.people, linking=parts.linking, trust=parts.trust, uitpas=parts.uitpas)
    repeats = Repeats(clock=clock)
    return LinkingHandlers(
        start=LinkStart(database=database, seal=seal, endings=endings, clock=clock),
        codes=codes,
        form=LinkForm(codes=codes, slack=parts.slack, turns=turns, repeats=repeats),
        balies=LinkedBalies(rights=rights, balies=parts.balies),
        linking=parts.linking,
        people=parts.people,
        identity=parts.identity,
        turns=turns,
        repeats=repeats,
        address=parts.address,
        wake=wake,
    )


def _unlinking(parts: Parts, app: AsyncApp, turns: Turns, wake: Callable[[], None]) -> Verb:
    HeldReportHandlers(held=parts.held_reports, people=parts.people, turns=turns, wake=wake).register(app)
    return UnlinkHandlers(unlinking=parts.unlinking, turns=turns, wake=wake).register(app)


def link_pages(parts: Parts) -> LinkPages:
    """Return the pages of a link, which are served beside Slack's requests."""
    browser = LinkBrowser(
        database=parts.database, seal=parts.link_seal, endings=parts.link_endings, uitid=parts.uitid, clock=parts.clock
    )
    return LinkPages(
        browser=browser,
        address=parts.address,
        workspace=parts.identity.workspace,
        zone=parts.settings.zone,
        language=parts.settings.baliebot_locale,
    )


def _balies(parts: Parts, turns: Turns, wake: Callable[[], None]) -> BalieHandlers:
    balies, people = parts.balies, parts.people
    rights = Rights(people=people, linking=parts.linking, trust=parts.trust, uitpas=parts.uitpas)
    changes = BalieChanges(database=parts.database, clock=parts.clock)
    return BalieHandlers(
        balies=balies,
        changes=changes,
        rights=rights,
        sync=BalieSync(database=parts.database, rights=rights, clock=parts.clock),
        people=people,
        identity=parts.identity,
        turns=turns,
        select=BalieSelect(balies=balies, people=people),
        rename=BalieRename(balies=balies, changes=changes, rights=rights, slack=parts.slack, turns=turns),
        wake=wake,
    )


def _digests(parts: Parts, turns: Turns, wake: Callable[[], None]) -> DigestHandlers:
    balies, people, home = parts.balies, parts.people, parts.settings.zone.key
    digests = Digests(database=parts.database, clock=parts.clock)
    zones = Zones(home=home)
    screen = DigestScreen(slack=parts.slack, screen=parts.screen)
    blank = blank_form(zone=home, spoken=parts.settings.baliebot_locale)
    submission = DigestSubmission(digests=digests, balies=balies, screen=screen, zones=zones, blank=blank, wake=wake)
    forms = DigestForms(
        digests=digests,
        balies=balies,
        people=people,
        select=BalieSelect(balies=balies, people=people),
        zones=ZoneSelect(zones=zones, people=people),
        screen=screen,
        submission=submission,
        blank=blank,
    )
    return DigestHandlers(digests=digests, people=people, turns=turns, forms=forms, wake=wake)
