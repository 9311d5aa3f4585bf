"""HTTP within limits: size, time, redirects, private addresses refused, robots honoured. Hides aiohttp."""

from bot.fetch.client import HttpFetcher

__all__ = ["HttpFetcher"]
