"""How the recorded week looks on the wire: an outlet's feed as RSS, Atom or RDF, an article as a whole page.

Hides markup: escaping, dates as each format writes them, and the menus, related links and footers that a reader of
pages has to see through. Same outlet, same instant: same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime
from html import escape as escape_html
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from bot.local.week_material import Outlet, Version

_NAMESPACES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
_SECTIONS = ("Front page", "World", "Politics", "Economy", "Opinion", "Culture", "Sport", "Video", "About us")


def feed(outlet: Outlet, at: datetime, root: str) -> bytes:
    """The outlet's feed as it stood at `at`, in its own format and encoding; links begin with `root`."""
    write = {"rss": _rss, "atom": _atom, "rdf": _rdf}[outlet.feed.format]
    lines = [f'<?xml version="1.0" encoding="{outlet.feed.encoding}"?>', *write(outlet, at, root)]
    return "\n".join(lines).encode(outlet.feed.encoding, "xmlcharrefreplace")


def article_page(outlet: Outlet, version: Version, older: list[Version]) -> bytes:
    """The page of one article, with links to `older` ones of the same outlet, in the outlet's encoding."""
    return _shell(outlet, version.title, _article(outlet, version), older)


def withdrawn_page(outlet: Outlet) -> bytes:
    """What stands in the place of an article that was withdrawn."""
    return _shell(outlet, "Withdrawn", ["<p>This page is no longer available.</p>"], [])


def _shown(outlet: Outlet, instant: datetime) -> datetime:
    """The instant on the outlet's own clock, as its dates are printed."""
    return instant.astimezone(ZoneInfo(outlet.source.zone))


def _body_html(version: Version) -> str:
    """The article's paragraphs as HTML, a correction or other notice last, as publishers set it."""
    paragraphs = [f"<p>{escape_html(text, quote=False)}</p>" for text in version.body]
    if version.notice:
        paragraphs.append(f'<p class="notice"><em>{escape_html(version.notice, quote=False)}</em></p>')
    return "\n".join(paragraphs)


def _feed_title(outlet: Outlet) -> str:
    return f"{outlet.source.name} (demonstration)"


def _rss(outlet: Outlet, at: datetime, root: str) -> Iterator[str]:
    """The lines of an RSS 2.0 document; lastBuildDate is the newest change, so that the bytes stand still."""
    yield f'<rss version="2.0" {_NAMESPACES}><channel>'
    yield f"<title>{escape(_feed_title(outlet))}</title><link>{escape(root)}/</link>"
    yield f"<description>Demonstration material</description><language>{outlet.source.language}</language>"
    changed = outlet.changed(at)
    if changed is not None:
        yield f"<lastBuildDate>{format_datetime(_shown(outlet, changed))}</lastBuildDate>"
    yield "<ttl>15</ttl>"
    for entry, version in outlet.standing(at):
        yield f'<item><guid isPermaLink="false">{escape(entry.id)}</guid>'
        yield f"<title>{escape(version.title)}</title><link>{escape(root + outlet.path(version))}</link>"
        if version.published is not None:
            yield f"<pubDate>{format_datetime(_shown(outlet, version.published))}</pubDate>"
        yield from _item_text(outlet, version)
        yield "</item>"
    yield "</channel></rss>"


def _item_text(outlet: Outlet, version: Version) -> Iterator[str]:
    """Author, description and, where the feed carries it, the full text of an RSS or RDF item."""
    if version.byline:
        yield f"<dc:creator>{escape(version.byline)}</dc:creator>"
    yield f"<description>{escape(version.summary)}</description>"
    if outlet.feed.full_text:
        yield f"<content:encoded>{escape(_body_html(version))}</content:encoded>"


def _atom(outlet: Outlet, at: datetime, root: str) -> Iterator[str]:
    """The lines of an Atom document; `updated` is the instant of the standing version."""
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.source.language}">'
    yield f"<title>{escape(_feed_title(outlet))}</title><id>tag:{outlet.source.site},2025:feed</id>"
    yield f"<link href={quoteattr(root + '/')}/>"
    yield f"<updated>{(outlet.changed(at) or at).isoformat()}</updated>"
    for entry, version in outlet.standing(at):
        yield f"<entry><id>tag:{outlet.source.site},2025:{escape(entry.id)}</id>"
        yield f'<title type="text">{escape(version.title)}</title><link href={quoteattr(root + outlet.path(version))}/>'
        yield f"<updated>{_shown(outlet, version.at).isoformat()}</updated>"
        if version.published is not None:
            yield f"<published>{_shown(outlet, version.published).isoformat()}</published>"
        if version.byline:
            yield f"<author><name>{escape(version.byline)}</name></author>"
        yield f'<summary type="html">{escape(version.summary)}</summary>'
        if outlet.feed.full_text:
            yield f'<content type="html">{escape(_body_html(version))}</content>'
        yield "</entry>"
    yield "</feed>"


def _rdf(outlet: Outlet, at: datetime, root: str) -> Iterator[str]:
    """The lines of an RSS 1.0 (RDF) document: the channel lists the items, which stand beside it."""
    standing = outlet.standing(at)
    links = [root + outlet.path(version) for _, version in standing]
    yield '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    yield f"{_NAMESPACES}><channel rdf:about={quoteattr(root + '/')}><title>{escape(_feed_title(outlet))}</title>"
    yield f"<link>{escape(root)}/</link><description>Demonstration material</description><items><rdf:Seq>"
    yield from (f"<rdf:li rdf:resource={quoteattr(link)}/>" for link in links)
    yield "</rdf:Seq></items></channel>"
    for (entry, version), link in zip(standing, links, strict=True):
        yield f"<item rdf:about={quoteattr(link)}><dc:identifier>{escape(entry.id)}</dc:identifier>"
        yield f"<title>{escape(version.title)}</title><link>{escape(link)}</link>"
        if version.published is not None:
            yield f"<dc:date>{_shown(outlet, version.published).isoformat()}</dc:date>"
        yield from _item_text(outlet, version)
        yield "</item>"
    yield "</rdf:RDF>"


def _article(outlet: Outlet, version: Version) -> list[str]:
    """The article's part of a page: headline, byline, date, paragraphs and what sites set between and below them."""
    shown = "" if version.published is None else f"{_shown(outlet, version.published):%d.%m.%Y %H:%M}"
    byline = escape_html(version.byline or outlet.source.name)
    return [
        f'<article class="story"><h1>{escape_html(version.title)}</h1>',
        f'<div class="meta"><span class="byline">{byline}</span> <time>{shown}</time></div>',
        '<div class="share"><a href="#f">Share</a> <a href="#x">Post</a> <a href="#m">Mail</a></div>',
        f'<div class="story-body">{_body_html(version)}</div></article>',
        '<aside class="newsletter"><form><label>Our letter, every morning</label><input type="email"></form></aside>',
    ]


def _shell(outlet: Outlet, title: str, content: list[str], older: list[Version]) -> bytes:
    """A whole page: what every page of the site shares (menus, related links, footer) around `content`."""
    name, encoding = escape_html(outlet.source.name), outlet.feed.encoding
    menu = "".join(f'<li><a href="/{outlet.source.id}/{n}">{text}</a></li>' for n, text in enumerate(_SECTIONS))
    related = "".join(f'<li><a href="{outlet.path(v)}">{escape_html(v.title)}</a></li>' for v in older)
    lines = [
        f'<!doctype html><html lang="{outlet.source.language}"><head><meta charset="{encoding}">',
        f"<title>{escape_html(title)} | {name} (demonstration)</title></head><body>",
        '<div class="cookie-banner">We use cookies to remember your choices. <button>Accept</button></div>',
        f'<header><a class="logo" href="/">{name}</a><nav><ul>{menu}</ul></nav></header><main>',
        *content,
        f'<section class="related"><h2>More from {name}</h2><ul>{related}</ul></section></main>',
        f"<footer><ul><li>Contact</li><li>Terms</li><li>Privacy</li><li>Advertise</li></ul><p>{name} is an invented "
        "outlet: demonstration material, written for this purpose. No rights reserved.</p></footer></body></html>",
    ]
    return "\n".join(lines).encode(encoding, "xmlcharrefreplace")
