"""The end of a stand-in's server: at once, and with nothing left open."""

import asyncio

from aiohttp import web

TURNS = 5
"""Turns of the event loop until the server knows, and can close, a connection that was accepted at the last moment."""


async def close(runner: web.AppRunner) -> None:
    """Stop listening and drop whatever is under way, what a visitor does not read included."""
    for site in list(runner.sites):
        await site.stop()
    for _ in range(TURNS):
        await asyncio.sleep(0)
    server = runner.server
    visitors = [] if server is None else [one.transport for one in server.connections if one.transport is not None]
    await runner.cleanup()
    for visitor in visitors:
        if isinstance(visitor, asyncio.WriteTransport):
            visitor.abort()
    await asyncio.sleep(0)
