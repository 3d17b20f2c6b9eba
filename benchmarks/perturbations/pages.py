"""An article as web pages have it: what stands around it, between its paragraphs and inside its lines."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from random import Random

Page = Callable[[str, Random], str]

MENU = ("Home", "World", "Money", "Weather", "Puzzles", "Shop", "Log in")
RELATED = (
    "Why this winter’s herring is the best in years",
    "In pictures: a hundred bridges and one ferry",
    "Five things we learned from the canal inquiry",
)
COMMENTS = (
    "Finally somebody says it. I have been saying it for years and nobody ever listened to me.",
    "This is not journalism. I shall cancel my subscription, as I do every spring.",
)
ADVERT = "Advertisement: a new kitchen in eleven days, or you do not pay. Call us before Sunday."
COOKIES = "We value your privacy. We and 811 partners store information on your device."
FOOTER = "All rights reserved. Imprint, privacy, contact, careers."


def _links(texts: tuple[str, ...], tag: str) -> str:
    return "".join(f'<{tag}><a href="/{i}">{escape(text)}</a></{tag}>' for i, text in enumerate(texts))


def _marked_up(line: str, random: Random) -> str:
    """Some words in bold, in italics or linked; characters as entities; spaces that do not break."""
    words = [
        escape(word).replace("’", "&rsquo;").replace("“", "&#8220;").replace("–", "&ndash;") for word in line.split(" ")
    ]
    for i, word in enumerate(words):
        if random.random() < 1 / 12:
            tag = random.choice(["b", "em", "span"])
            words[i] = f"<{tag}>{word}</{tag}>"
        elif random.random() < 1 / 20:
            words[i] = f'<a href="/topic">{word}</a>'
    return "".join(word + random.choice(["&nbsp;", "\n    ", " ", " ", " "]) for word in words).strip()


def _whole(title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} – The Paper</title>'
        f"<style>p {{ margin: 0 }}</style><script>var a = '<p>no text</p>';</script></head><body>{body}</body></html>"
    )


def semantic(text: str, random: Random) -> str:
    """Elements that say what they are."""
    title, *paragraphs = text.split("\n")
    body = "".join(f"<p>{_marked_up(line, random)}</p>\n" for line in paragraphs)
    return _whole(
        title,
        f"<header><nav><ul>{_links(MENU, 'li')}</ul></nav></header><div class='cookie-banner'>{COOKIES}</div>"
        f"<main><article><h1>{_marked_up(title, random)}</h1>{body}</article></main>"
        f"<aside><h2>Related</h2><ul>{_links(RELATED, 'li')}</ul></aside><section class='comments'>"
        f"{''.join(f'<p>{escape(comment)}</p>' for comment in COMMENTS)}</section><footer>{FOOTER}</footer>",
    )


def divisions(text: str, random: Random) -> str:
    """Nothing but `div` with names that mean nothing, and an advert behind every third paragraph."""
    title, *paragraphs = text.split("\n")
    body = ""
    for number, line in enumerate(paragraphs, 1):
        body += f'<div class="x{random.randrange(999)}">{_marked_up(line, random)}</div>'
        body += f'<div class="q7"><div>{ADVERT}</div></div>' if number % 3 == 0 else ""
    return _whole(
        title,
        f'<div class="a1">{_links(MENU, "div")}</div>'
        f'<div class="b2"><div class="c3">{_marked_up(title, random)}</div>{body}</div>'
        f'<div class="d4">{_links(RELATED, "div")}</div><div class="e5">{COOKIES}</div><div>{FOOTER}</div>',
    )


def line_breaks(text: str, random: Random) -> str:
    """An old page: one table, paragraphs set apart by `<br>`, tags in capitals and unclosed."""
    title, *paragraphs = text.split("\n")
    body = "<BR><BR>\n".join(_marked_up(line, random) for line in paragraphs)
    return (
        f"<HTML><HEAD><META CHARSET=utf-8><TITLE>{escape(title)}</TITLE><BODY><TABLE><TR><TD>{'<BR>'.join(MENU)}"
        f"<P>{ADVERT}<TD><FONT SIZE=5>{_marked_up(title, random)}</FONT><P>{body}<HR>{'<BR>'.join(RELATED)}"
        f"<TR><TD COLSPAN=2>{FOOTER}</TABLE>"
    )


def bare(text: str, random: Random) -> str:
    """Paragraphs and nothing else."""
    return "\n".join(f"<p>{_marked_up(line, random)}</p>" for line in text.split("\n"))


PAGES: dict[str, Page] = {
    "a page of semantic elements": semantic,
    "a page of divisions, with adverts between": divisions,
    "an old page of line breaks": line_breaks,
    "paragraphs and nothing else": bare,
}
