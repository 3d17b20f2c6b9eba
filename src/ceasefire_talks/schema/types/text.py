"""string in its formats, and any."""

from __future__ import annotations

import base64
import re

from ceasefire_talks.schema.model import Field
from ceasefire_talks.schema.types.form import Form, Reader, refuse

# A dot-atom of RFC 5322, and a domain of at least two labels.
_ATOM = "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_EMAIL = rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+"
# RFC 3986: a scheme, then what may stand in a URI, percent signs only before two hexadecimal digits.
_URI = r"[a-zA-Z][a-zA-Z0-9+.-]*:(?:[a-zA-Z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9a-fA-F]{2})*"
_UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


def _any(_field: Field) -> Reader:
    return lambda text: text


def _matching(form: str) -> Reader:
    matches = re.compile(form).fullmatch
    return lambda text: text if matches(text) else refuse(text)


def _binary(_field: Field) -> Reader:
    def read(text: str) -> str:
        base64.b64decode(text, validate=True)
        return text

    return read


FORMS = (
    Form("string", "default", "any text", "str", "a text", _any),
    Form(
        "string",
        "email",
        "a dot-atom of RFC 5322, `@`, a domain of two labels or more; ASCII",
        "str",
        "an email address",
        lambda _: _matching(_EMAIL),
        _EMAIL,
    ),
    Form(
        "string",
        "uri",
        "RFC 3986: a scheme, `:`, and only characters that may stand in a URI",
        "str",
        "a URI such as https://example.org/",
        lambda _: _matching(_URI),
        _URI,
    ),
    Form("string", "binary", "base64 of RFC 4648, padded, without white space", "str", "base64", _binary),
    Form(
        "string",
        "uuid",
        "32 hexadecimal digits as 8-4-4-4-12",
        "str",
        "a UUID such as 123e4567-e89b-12d3-a456-426614174000",
        lambda _: _matching(_UUID),
        _UUID,
    ),
    Form("any", "default", "any text", "str", "a text", _any),
)
