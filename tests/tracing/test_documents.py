"""Copies of a text as people have them."""

import io
import plistlib
import random
import sys
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

import webpages as w
from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.text.fingerprint import fold
from ceasefire_talks.text.normalise import normalise
from ceasefire_talks.tracing.documents import DocumentError, read_document
from ceasefire_talks.tracing.documents.webpage import read_page

PLAIN = "A headline\n\nThe ferry – “on time” – left at 06:15.\r\nNobody saw it."


def has(text, part):
    return fold(normalise(part)) in fold(normalise(text))


def kept(text, parts):
    return [part for part in parts if has(text, part)]


def html(body, **options):
    return read_document(body.encode(), kind="html", **options)


def lines(body):
    return html(body).page.split("\n")


@pytest.mark.parametrize("article", w.ARTICLES.values(), ids=w.ARTICLES)
@pytest.mark.parametrize("name", w.PAGES)
def test_no_sentence_of_an_article_is_lost(name, article):
    document = html(w.page(name, article))
    assert kept(document.text, article.parts) == article.parts
    assert kept(document.page, article.parts) == article.parts


@pytest.mark.parametrize("name", w.PAGES)
def test_the_page_holds_all_that_there_is_to_read_and_nothing_else(name):
    page = html(w.page(name, w.FERRY)).page
    assert name == "bare" or kept(page, w.BOILERPLATE) == [*w.BOILERPLATE]
    for hidden in (
        "The Paper",
        "script",
        "not for reading",
        "color",
        "First choice",
        "Your comment",
        "alternative text",
    ):
        assert hidden not in page


@pytest.mark.parametrize("name", ["semantic", "blog", "drop_cap"])
def test_a_page_whose_marks_are_good_gives_the_article_alone(name):
    assert kept(html(w.page(name, w.FERRY)).text, w.BOILERPLATE) == []


def test_an_extractor_that_takes_the_discussion_for_the_article_loses_nothing():
    text = html(w.page("many_comments", w.FERRY)).text
    assert text.startswith(w.FERRY.headline)
    assert not has(text, w.FOOTER)


def test_lines_are_those_of_the_reader():
    assert lines("<div>One<p>two <b>th</b>ree<br>four</p><table><tr><td>five<td>six</table>") == [
        "One",
        "two three",
        "four",
        "five",
        "six",
    ]
    assert lines("<pre>one\n  two\n\nthree</pre>") == ["one", "two", "three"]
    assert lines("<p>a\n  b\t c&nbsp;d &amp; e &#x201C;f&#8221; &lt;g&gt; 5 < 6") == ["a b c\xa0d & e “f” <g> 5 < 6"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>It rains in Sel.<span>Photograph: Ilse</span>", ["It rains in Sel.", "Photograph: Ilse"]),
        ("<p><span>It is “over.”</span><span>“Is it?”</span>", ["It is “over.”", "“Is it?”"]),
        ("<p>the U.<b>S.</b> army", ["the U.S. army"]),
        ("<p>It cost 4.<b>2m</b> crowns", ["It cost 4.2m crowns"]),
        ("<p>He said <em>no.</em> <b>Yes</b>", ["He said no. Yes"]),
    ],
)
def test_sentences_that_only_style_sets_apart_are_not_glued(body, expected):
    assert lines(body) == expected


def test_a_wrapper_with_the_name_of_furniture_is_none():
    body = f'<body class="nav-open"><div class="page-with-sidebar">{"<p>The text of the page goes on.</p>" * 9}</div>'
    assert not any(line.furniture for line in read_page(body).lines)
    assert html(body).text.count("goes on") == 9


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 20_000 + "<p>needle",
        "<b>" * 20_000 + "<p>needle",
        "<table><tr><td>" * 5_000 + "needle",
        "<ul><li>" * 5_000 + "needle",
        "<p " + " ".join(f"a{i}=1" for i in range(20_000)) + ">needle",
        f'<p class="{"a" * 500_000}">needle',
        "<!--" + "<!-- " * 50_000 + "--><p>needle",
        "&amp;" * 200_000 + "<p>needle",
        "<p>x</p>" * 50_000 + "needle",
        ("<div><span><b>x</b>" * 80 + "</span></div>" * 80) * 100 + "needle",
        "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY {c} '&a;&a;'>" for c in "bcd") + "]><p>needle",
    ],
    ids=range(11),
)
def test_no_page_is_too_deep_or_too_long(body):
    assert lines(body)[-1].endswith("needle")


def test_nothing_outside_a_page_is_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    page = html(
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><p>&x;</p>'
        f'<iframe src="{secret.as_uri()}">inside</iframe><object data="{secret.as_uri()}"></object><p>end'
    ).page
    assert "the secret" not in page
    assert page.endswith("end")


@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<a>", "<br>", "<td>", "<li>", "</ul>"]))
)
def test_no_mark_up_loses_words(tags):
    words = [f"word{i}" for i in range(len(tags) + 1)]
    body = "".join(f"{word} {tag}" for word, tag in zip(words, [*tags, ""], strict=True))
    assert html(body).page.split() == words


def test_whatever_the_bytes_they_are_read_or_refused():
    dice = random.Random(1)
    pieces = [
        b"<p>",
        b"<script>",
        b"</",
        b"<!--",
        b"<![CDATA[",
        b"&#",
        b"\xff",
        b"\xe2",
        b"text",
        b"<select>",
        b"\r",
        b"<svg>",
    ]
    for _ in range(500):
        read_document(b"<html>" + b"".join(dice.choices(pieces, k=30)))


@pytest.mark.parametrize("kind", ["text", None])
def test_plain_text_stays_as_it_is(kind):
    document = read_document(PLAIN.encode(), kind=kind)
    assert (document.text, document.page, document.kind) == (PLAIN, PLAIN, "text")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", "<html><p>x", "text"),
        ("a.HTM", "x", "html"),
        ("a.md", "x", "markdown"),
        ("a", "\ufeff <!-- saved --> <!doctype HTML>x", "html"),
        ("a", '<?xml version="1.0"?>\n<html>x', "html"),
        ("a", "Beirut: <b>not</b> a page", "text"),
    ],
)
def test_the_kind_by_name_and_content(name, content, kind, tmp_path):
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert read_document(str(tmp_path / name)).kind == kind
    assert read_document(tmp_path / name, kind="text").kind == "text"


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PLAIN.encode())))
    assert read_document("-").text == PLAIN


MARKED = """# A *headline*

14 January 2031

![](picture.jpg)
*A ferry leaves.* Photograph: Ilse Norden

The union said it was **“closer than
ever”** to a [deal](https://example.org/deal "title").[^1]

> It costs ~~nothing~~ `$4.2m` a year, said A\\_B & C &mdash; or 5 < 6.

- first point
- second <em>point</em>
<script>alert("no")</script>

| a | b |
|---|---|
| one | two |

Heading below
-------------
"""


def test_markdown_without_its_marks():
    document = read_document(MARKED.encode(), kind="markdown")
    assert document.text.split("\n") == [
        "A headline",
        "14 January 2031",
        "A ferry leaves. Photograph: Ilse Norden",
        "The union said it was “closer than ever” to a deal.",
        "It costs nothing $4.2m a year, said A_B & C — or 5 < 6.",
        "first point",
        "second point",
        "a",
        "b",
        "one",
        "two",
        "Heading below",
    ]
    assert document.page == MARKED


@pytest.mark.parametrize("text", ["> " * 20_000 + "needle", "[" * 50_000 + "needle", "*a " * 20_000 + "needle"])
def test_markdown_is_bounded(text):
    document = read_document(text.encode(), kind="markdown")
    assert "needle" in document.page


@pytest.mark.parametrize(
    ("data", "charset", "expected"),
    [
        ("<p>“é”".encode("cp1252"), None, "“é”"),
        ("<p>“é”".encode(), None, "“é”"),
        ("\ufeff<p>“é”".encode(), None, "“é”"),
        ("<p>“é”".encode("utf-16"), None, "“é”"),
        ('<meta charset="ISO-8859-1"><p>“é”'.encode("cp1252"), None, "“é”"),
        ('<meta charset="windows-1252"><p>“é”'.encode(), None, "“é”"),
        ('<meta http-equiv=x content="text/html; charset=koi8-r"><p>мир'.encode("koi8-r"), None, "мир"),
        ('<meta charset="windows-1256"><p>سلام'.encode("cp1256"), None, "سلام"),
        ('<meta charset="windows-1255"><p>שלום'.encode("cp1255"), None, "שלום"),
        ('<meta charset="windows-1256"><p>мир'.encode("koi8-r"), "KOI8-R", "мир"),
        ("<p>平和".encode("gb18030"), "gb2312", "平和"),
        ("<p>平和".encode("shift_jis"), "Shift_JIS", "平和"),
        (b"<p>x", "zlib_codec", "x"),
        (b'<meta charset="rot13"><p>x', None, "x"),
        (b'<meta charset="utf-8"><p>a\xffb', None, "a\ufffdb"),
    ],
    ids=range(15),
)
def test_the_encoding_of_a_page(data, charset, expected):
    assert read_document(data, kind="html", charset=charset).page == expected


def test_a_page_that_chromium_saved_as_one_file():
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Subject"] = "Ferry"
    message.set_content(w.page("semantic", w.FERRY), subtype="html", charset="utf-8", cte="quoted-printable")
    message.make_related()
    message.add_related(b"\x89PNG\0", "image", "png")
    document = read_document(bytes(message))
    assert document.kind == "html"
    assert kept(document.text, w.FERRY.parts) == w.FERRY.parts


def test_a_page_that_safari_saved_as_one_file():
    resource = {"WebResourceData": w.page("blog", w.FERRY).encode("utf-16"), "WebResourceTextEncodingName": "UTF-16"}
    document = read_document(plistlib.dumps({"WebMainResource": resource}, fmt=plistlib.FMT_BINARY))
    assert kept(document.text, w.FERRY.parts) == w.FERRY.parts


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04...", "office document"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"{\\rtf1", "RTF"),
        (b"\x89PNG\r\n", "picture"),
        (b"abc\0def", "NUL byte at offset 3"),
        (b"bplist00 and nothing", None),
        (b"one\ntwo \xff three", "byte 0xff in line 2"),
        ("“x”".encode("cp1252"), "not UTF-8"),
        ("“x”".encode("utf-16"), "UTF-16"),
    ],
    ids=range(10),
)
def test_what_is_no_text_is_refused(data, message):
    if message is None:
        assert read_document(data).text == data.decode()
        return
    with pytest.raises(DocumentError, match=message) as caught:
        read_document(data)
    assert isinstance(caught.value, PackageError)


def test_what_cannot_be_read_says_so(tmp_path):
    for path in (tmp_path / "nothing.txt", tmp_path, "a\0b", "x" * 5000):
        with pytest.raises(DocumentError, match="cannot read"):
            read_document(path)


def test_the_size_is_bounded(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 100)
    assert len(read_document(path, max_bytes=100).text) == 100
    with pytest.raises(DocumentError, match="larger than 99 bytes"):
        read_document(path, max_bytes=99)
    with pytest.raises(DocumentError, match="larger than 99 bytes"):
        read_document(path.read_bytes(), max_bytes=99)


def test_plain_text_needs_no_extra(monkeypatch):
    for name in ("lxml", "markdown_it", "trafilatura"):
        monkeypatch.setitem(sys.modules, name, None)
    for name in ("article", "markdown", "webpage"):
        monkeypatch.delitem(sys.modules, f"ceasefire_talks.tracing.documents.{name}", raising=False)
    assert read_document(PLAIN.encode()).text == PLAIN
    for kind in ("html", "markdown"):
        with pytest.raises(PackageError, match=r"pip install 'ceasefire-talks\[trace\]'"):
            read_document(PLAIN.encode(), kind=kind)


def test_how_large_and_deep_a_page_is():
    page = read_page("<div><div a=1 b=2><p>a</div></div>")
    assert (page.depth, page.elements, page.attributes) == (5, 5, 2)


@pytest.mark.parametrize(
    "padding", ["<i></i>" * 15_001, "<b>" * 101, "<p " + " ".join(f"a{i}" for i in range(501)) + ">", " " * 5_000_000]
)
def test_the_extractor_is_not_asked_about_a_page_that_could_slow_it_down(padding, monkeypatch):
    monkeypatch.setattr("trafilatura.extract", lambda *_arguments, **_options: pytest.fail("it was asked"))
    document = html(f"<nav>menu</nav><p>the article</p>{padding}")
    assert document.text == "the article"


def test_what_the_extractor_takes_for_the_article_is_kept_though_the_page_marks_it_as_furniture(monkeypatch):
    extracted = "the first words of it\nthe words of the aside\nthe last words of it"
    monkeypatch.setattr("trafilatura.extract", lambda *_arguments, **_options: extracted)
    first, aside, last = extracted.split("\n")
    page = f"<p>{first}</p><aside>{aside}</aside><nav>a menu of many words</nav><p>put back</p><p>{last}</p><p>end"
    assert html(page).text.split("\n") == [first, aside, "put back", last]


def test_an_extractor_that_fails_is_done_without(monkeypatch):
    def fail(*_arguments, **_options):
        raise RecursionError

    monkeypatch.setattr("trafilatura.extract", fail)
    assert html("<nav>menu</nav><p>the article</p>").text == "the article"
