"""One program a peer: reads a package, validates it the way its library is meant to be used, prints what it found.

Each is a process of its own: `python -m scale.peers.NAME FOLDER` prints one JSON line a fault: file, row from 0, column
(null where the library names none). What a library cannot check is written by hand only where its own parameters take
it, as lists of allowed values do for foreign keys.
"""
