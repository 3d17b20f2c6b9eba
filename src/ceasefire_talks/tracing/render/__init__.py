"""Findings of a trace for readers: lines of text, plain values for JSON, and a page for the reader's own eyes."""
