"""A terminal to write to, and to see what it would show."""

import os
import pty
import re


class Terminal:
    """A pseudo terminal: what is written to `stream` can be read."""

    def __init__(self):
        self.master, slave = pty.openpty()
        self.stream = os.fdopen(slave, "w")

    def wait_for(self, pattern):
        text = ""
        while not re.search(pattern, text):
            text += os.read(self.master, 1000).decode()
        return text

    def rest(self):
        self.stream.write("END")
        self.stream.flush()
        return self.wait_for("END").removesuffix("END")
