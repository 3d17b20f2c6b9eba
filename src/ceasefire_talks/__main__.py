"""`python -m ceasefire_talks` is `ceasefire-talks`."""

import sys

from ceasefire_talks.commands import main

sys.exit(main())
