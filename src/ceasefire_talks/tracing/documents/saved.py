"""Web pages in the archives that browsers save them in: MHTML (Chromium, Edge) and webarchive (Safari)."""

from __future__ import annotations

import email
import email.policy
import plistlib
import re
from dataclasses import dataclass

_MHTML = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,30}", re.ASCII)
_WEBARCHIVE = b"bplist00"


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The page itself, without the pictures and styles that were saved along."""

    data: bytes
    charset: str | None


def page_of_archive(data: bytes) -> SavedPage | None:
    """The page in an archive; None if it is no archive of a page, or a broken one."""
    if data.startswith(_WEBARCHIVE):
        return _from_webarchive(data)
    head = _MHTML.match(data)
    return _from_mhtml(data) if head and b"multipart/related" in head[0].lower() else None


def _from_mhtml(data: bytes) -> SavedPage | None:
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        for part in message.walk():
            payload = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
            if isinstance(payload, bytes):
                return SavedPage(payload, part.get_content_charset())
    except (ValueError, LookupError, RecursionError):
        pass
    return None


def _from_webarchive(data: bytes) -> SavedPage | None:
    try:
        resource = plistlib.loads(data, fmt=plistlib.FMT_BINARY)["WebMainResource"]
        page, charset = resource["WebResourceData"], resource.get("WebResourceTextEncodingName")
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
        plistlib.InvalidFileException,
    ):
        return None
    return SavedPage(page, charset if isinstance(charset, str) else None) if isinstance(page, bytes) else None
