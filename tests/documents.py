"""The pages of a site as tests look at them."""

import threading
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urljoin, urlsplit

RESOURCES = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src"}


class Document(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.ids, self.links, self.resources, self.attributes, self.scripts = [], [], [], set(), []
        self._in_script = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.attributes |= set(attributes)
        self._in_script = tag == "script" and attributes.get("type") not in {"application/json", "application/ld+json"}
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])
        if attributes.get("rel") != "canonical" and attributes.get(RESOURCES.get(tag)):
            self.resources.append(attributes[RESOURCES[tag]])

    def handle_endtag(self, _tag):
        self._in_script = False

    def handle_data(self, data):
        if self._in_script:
            self.scripts.append(data)


def read_site(folder):
    """Its documents by path; without the one for lost readers, whose addresses begin at the root of the host."""
    pages = [path for path in folder.rglob("*.html") if path.name != "404.html"]
    return {path.relative_to(folder).as_posix(): Document(path.read_text("utf-8")) for path in pages}


def broken_links(folder, documents=None):
    documents = documents or read_site(folder)
    anchors = {page: set(document.ids) for page, document in documents.items()}
    broken = []
    for page, document in documents.items():
        for link in document.links:
            target = urlsplit(urljoin(f"http://site.invalid/{page}", link))
            path, fragment = unquote(target.path).lstrip("/"), unquote(target.fragment)
            there = (folder / path).is_file() and (not fragment or fragment in anchors.get(path, ()))
            if target.netloc == "site.invalid" and not there:
                broken.append(f"{page}: {link}")
    return broken


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments):
        pass


def serve(folder):
    """Serves a site while the generator waits; yields its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def search(page, address, words):
    """Search the site as a reader does, by the keyboard, until something is found."""
    page.goto(f"{address}/index.html")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.locator(".md-search-result__link").first.wait_for()
