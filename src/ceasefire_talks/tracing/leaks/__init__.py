"""Source text in what is to be published: verbatim runs of words, and restatements of sentences."""

from ceasefire_talks.tracing.leaks.find import find_leaks
from ceasefire_talks.tracing.leaks.model import Leak, LeakReport

__all__ = ["Leak", "LeakReport", "find_leaks"]
