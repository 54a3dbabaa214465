"""The program `lbhealth` as `conformance.py` calls an adapter: ADAPTER [--context FILE] [--with FILE]…"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

from program import LBHEALTH, context_arguments


def main() -> int:
    """Runs the program with a context as its options."""
    parser = argparse.ArgumentParser()
    parser.add_argument("adapter")
    parser.add_argument("--context", type=argparse.FileType(encoding="utf-8"))
    parser.add_argument("--with", action="append", default=[], dest="inventories")
    options = parser.parse_args()
    arguments = context_arguments(json.load(options.context)) if options.context else []
    if options.inventories:
        arguments += ["--with", *options.inventories, "--"]
    return subprocess.run([LBHEALTH, "normalize", "--adapter", options.adapter, *arguments, "-"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
