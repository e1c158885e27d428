"""Every path of the stand-in, and the name its call goes by."""

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.sandbox.uitpas.balie_calls import BalieCalls
from bot.sandbox.uitpas.card_calls import CardCalls
from bot.sandbox.uitpas.consent import Consent
from bot.sandbox.uitpas.control import PATH, Control
from bot.sandbox.uitpas.gate import Consumer, Gate
from bot.sandbox.uitpas.login import LoginCalls
from bot.sandbox.uitpas.profile import LOGIN, LOGOUT, PROFILE, Profile
from bot.sandbox.uitpas.report_calls import ReportCalls
from bot.sandbox.uitpas.reports import ReportBook
from bot.sandbox.uitpas.tokens import AccessTokens, RequestTokens
from bot.sandbox.uitpas.user_calls import UserCalls
from bot.sandbox.uitpas.world import World

PREFIX = "/uitid/rest"
_REPORT = f"{PREFIX}/uitpas/report/financialoverview/organiser"
_CONSUMERS = f"{PREFIX}/user/{{uid}}/serviceconsumers"


def login_routes(gate: Gate, consent: Consent, pending: RequestTokens, access: AccessTokens) -> web.RouteTableDef:
    """Return the three steps of the login."""
    routes = web.RouteTableDef()
    logins = LoginCalls(gate, pending, access)
    authorize = f"{PREFIX}/auth/authorize"
    routes.post(f"{PREFIX}/requestToken", name="request_token")(gate.for_logins(logins.request_token))
    routes.get(authorize, name="authorize", allow_head=False)(consent.show)
    routes.post(authorize, name="consent")(consent.decide)
    routes.post(f"{PREFIX}/accessToken", name="access_token")(gate.for_logins(logins.access_token))
    return routes


def report_routes(gate: Gate, world: World, book: ReportBook, now: Callable[[], datetime]) -> web.RouteTableDef:
    """Return the calls of the financial report."""
    routes = web.RouteTableDef()
    calls = ReportCalls(world, book, now)
    routes.post(_REPORT, name="start_report")(gate.for_users(calls.start))
    routes.get(f"{_REPORT}/periods", name="periods", allow_head=False)(gate.for_users(calls.periods))
    status, download = f"{_REPORT}/{{id}}/status", f"{_REPORT}/{{id}}/download"
    routes.get(status, name="report_status", allow_head=False)(gate.for_users(calls.status))
    routes.get(download, name="report_download", allow_head=False)(gate.for_users(calls.download))
    return routes


def desk_routes(gate: Gate, world: World, consumer: Consumer, access: AccessTokens) -> web.RouteTableDef:
    """Return the calls about balies, and about the links of an employee."""
    routes = web.RouteTableDef()
    balies, users = BalieCalls(world), UserCalls(consumer, access)
    own, search = f"{PREFIX}/uitpas/balie/list", f"{PREFIX}/uitpas/balie/search"
    routes.get(own, name="balie_list", allow_head=False)(gate.for_users(balies.own))
    routes.get(search, name="balie_search", allow_head=False)(gate.for_consumers(balies.search))
    linked = gate.for_users(users.service_consumers)
    routes.get(_CONSUMERS, name="service_consumers", allow_head=False)(linked)
    revoke = f"{_CONSUMERS}/{{consumer}}/revoke"
    routes.post(revoke, name="revoke_service_consumer")(gate.for_users(users.revoke))
    return routes


def card_routes(gate: Gate, world: World, consumer: Consumer, now: Callable[[], datetime]) -> web.RouteTableDef:
    """Return the calls about one card."""
    routes = web.RouteTableDef()
    calls = CardCalls(world, consumer, now)
    swaps, card = f"{PREFIX}/uitpas/passholder/{{uitpasNumber}}/cashedPointsPromotions", f"{PREFIX}/uitpas/card"
    routes.get(swaps, name="cashed_promotions", allow_head=False)(gate.for_holders(calls.cashed_promotions))
    routes.get(card, name="card", allow_head=False)(gate.for_users(calls.card))
    return routes


def account_routes(profile: Profile) -> web.RouteTableDef:
    """Return the pages of somebody's account, which have no names: they are no calls of the API."""
    routes = web.RouteTableDef()
    routes.get(LOGIN, allow_head=False)(profile.login)
    routes.post(LOGIN)(profile.log_in)
    routes.post(LOGOUT)(profile.log_out)
    routes.get(PROFILE, allow_head=False)(profile.show)
    routes.post(PROFILE)(profile.revoke)
    return routes


def control_routes(control: Control) -> web.RouteTableDef:
    """Return the control route, which has no name: it is no call of the API."""
    routes = web.RouteTableDef()
    for method in ("GET", "POST", "DELETE"):
        routes.route(method, PATH)(control.handle)
    return routes
