"""Damage packages at random and check them: no traceback, no hang. Half the cases are descriptors, half are bytes.

    python benchmarks/fuzz.py 100000 --seed 7

The tests run 2,000 such cases, always the same; here every seed gives others.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

TEST = Path(__file__).resolve().parents[1] / "tests" / "validation" / "test_fuzz.py"


def main() -> int:
    """Run the cases; returns the exit code of the tests."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="?", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    names = {"CEASEFIRE_TALKS_FUZZ": str(args.cases), "CEASEFIRE_TALKS_FUZZ_SEED": str(args.seed)}
    command = [sys.executable, "-m", "pytest", "-q", "--durations=0", str(TEST)]
    return subprocess.run(command, cwd=TEST.parents[2], env=os.environ | names, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
