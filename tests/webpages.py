"""Pages as sites make them, around fictional articles: what a reader of saved pages has to cope with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import jinja2


@dataclass(frozen=True)
class Article:
    headline: str
    dateline: str
    standfirst: str
    caption: str
    credit: str
    paragraphs: tuple[str, ...]

    @property
    def parts(self):
        return [self.headline, self.dateline, self.caption, self.credit, *self.paragraphs]


FERRY = Article(
    headline="Ferry drivers and harbour board near deal on winter timetable",
    dateline="14 January 2031",
    standfirst="Both sides of the dispute over night crossings met for a third day.",
    caption="A ferry leaves the quay of Port Amsel in heavy rain on 13 January.",
    credit="Photograph: Ilse Norden/Harbour Press",
    paragraphs=(
        "The union of ferry drivers said on Tuesday that it was “closer than ever” to a deal with the harbour board.",
        "Its chair, Tomas Ruland, told reporters that 1,284 members would vote on the draft by the end of the month.",
        "“We came for rest hours, not for applause,” he said.",
        "The board, which runs nine of the eleven routes, wants to cut night crossings by more than a third.",
        "Drivers say that this would cost families on the islands at least $4.2m a year, which the board denies.",
        "In November, crossings stopped for 36 hours after a driver collapsed at the wheel near Gannet Point.",
        "Since then, both sides have met eleven times, twice with a mediator from the ministry of transport.",
        "A board member, Ada Quill, said the offer – a bonus of 300 crowns for every night shift – was final.",
        "Passengers waiting in the hall shrugged. “It will be spring before anyone signs,” said one of them.",
        "The talks go on on Thursday.",
    ),
)

ORCHARD = Article(
    headline="Orchard owners reject water plan for upper valley",
    dateline="Published 3 May 2029, 06:15",
    standfirst="A plan to share the reservoir fails at the first vote.",
    caption="Apricot trees above the village of Sel, which has had no rain since February.",
    credit="Image: Municipal archive of Sel",
    paragraphs=(
        "Owners of orchards in the upper valley voted on Wednesday against a plan to share the water of the reservoir.",
        "Of 612 votes, 388 were against it; 17 papers were spoilt.",
        "Under the plan, growers would have given up a fifth of their share in dry years.",
        "“Nobody here can plant trees on a promise,” said Miriam Castel, who grows apricots on 40 hectares.",
        "The mayor of the lower town, Yusuf Pereda, called the vote a blow to 23,000 households.",
        "He said tankers had brought water to three districts since March, at a price of about €90,000 a week.",
        "Engineers have warned since 2024 that the level of the reservoir falls by roughly two metres every summer.",
        "A second vote is possible in autumn, but only if a tenth of the owners ask for one.",
    ),
)

ARTICLES = {"ferry": FERRY, "orchard": ORCHARD}

MENU = ("Home", "Politics", "Business", "Culture", "Sport", "Opinion", "Newsletters", "Subscribe now", "Sign in")
RELATED = (
    "Ten lighthouses that every visitor should see this year",
    "Why the price of herring fell again",
    "Letters: our readers on the new tram line",
    "Quiz: how well do you know your harbours?",
)
COMMENTS = (
    "I have read this paper for thirty years and never saw such nonsense in it, shame on everybody involved.",
    "Well said. My cousin works there and tells quite another story, but nobody ever asks the people themselves!",
    "First comment! Greetings to all from the north of the country, where the sun shines as usual today.",
)
ADVERT = "Advertisement: sofas at half price until Sunday, order today and pay nothing before summer comes."
COOKIES = "We and our 412 partners store cookies on your device to make this site better for everyone."
FOOTER = "Copyright of this fictional paper. All rights reserved. Terms of use, privacy policy, imprint, contact."
NEWSLETTER = "Sign up for our morning briefing and get the best stories of the day sent to your inbox."
BIOGRAPHY = "The author has covered the region for this paper since the spring of 2019 and likes long walks."

BOILERPLATE = (*RELATED, *COMMENTS, ADVERT, COOKIES, FOOTER, NEWSLETTER)


_FOLDER = Path(__file__).parent / "fixtures" / "webpages"
_TEMPLATES = jinja2.Environment(loader=jinja2.FileSystemLoader(_FOLDER), autoescape=True)
PAGES = sorted(path.stem for path in _FOLDER.glob("[!_]*.html"))


def page(name, article):
    """The HTML of a page, with every part of the article and all of the boilerplate, save that `bare` has none."""
    return _TEMPLATES.get_template(f"{name}.html").render(
        article=article,
        menu=MENU,
        related=RELATED,
        comments=COMMENTS,
        advert=ADVERT,
        cookies=COOKIES,
        footer=FOOTER,
        newsletter=NEWSLETTER,
        biography=BIOGRAPHY,
    )
