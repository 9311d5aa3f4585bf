"""Addresses of articles as they are compared. Hides what two spellings of one address may differ in."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

LONGEST = 3_000
"""Characters of an address that are looked at."""

_TRACKING = re.compile(r"(?:utm_\w{1,40}|fbclid|gclid|mc_cid|mc_eid|at_\w{1,40}|cmp|ref|ref_src|smid|xtor|ocid)", re.I)
_PREFIX = re.compile(r"(?:www|m|amp|mobile)\.(?=[^.]+\.)")


def plain(address: str) -> str:
    """Host and path, with the query that names the article: without scheme, "www.", fragment, campaign parameters and a
    final slash. "" where it is no web address; nothing with a user's name in it is one."""
    try:
        parts = urlsplit(address.strip()[:LONGEST])
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host or parts.username:
        return ""
    kept = sorted((k, v) for k, v in parse_qsl(parts.query)[:40] if not _TRACKING.fullmatch(k))
    path = unquote(parts.path).rstrip("/").removesuffix("/amp")
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{_PREFIX.sub('', host, count=1)}{f':{port}' if port not in {None, 80, 443} else ''}{path}{query}"


def same_site(one: str, other: str) -> bool:
    """Whether two hosts are one site: equal but for "www.", or one below the other."""
    one, other = one.removeprefix("www."), other.removeprefix("www.")
    if not one or "." not in other:
        return False
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
