"""`python -m ceasefire_talks` is `ceasefire-talks`."""

from ceasefire_talks.commands import run_process

run_process()
