"""Floor 2: a data package on disk, found, read, and given as plain or typed rows. No pandera, no frictionless."""
