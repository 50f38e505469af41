#!/usr/bin/env python3
"""Runs random companies through the program and through the reference and compares the exports.

Stops with exit code 1 when any differed; the folders of those that did stay for a look.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import compare
import luotsi_reference
import random_company

KINDS = (
    "people",
    "products",
    "accounts",
    "account_team",
    "contacts",
    "sales",
    "activities",
    "estimates",
    "abilities",
    "targets",
    "overrides",
)
EXPORTS = ("values", "care", "deviations", "proposals")


def run_product(luotsi, folder, out, database):
    """Imports everything, sets the strategies, watches on each watch day and exports on the day."""
    given = json.loads((folder / "days.json").read_text(encoding="utf-8"))
    environment = os.environ | {"LUOTSI_DATABASE": database}

    def run(*arguments):
        done = subprocess.run([luotsi, *map(str, arguments)], env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(map(str, arguments))}: {done.stderr or done.stdout}")
        return done.stdout

    for kind in KINDS:
        for file in sorted(folder.glob(f"{kind}.csv")) + sorted(folder.glob(f"{kind}.[0-9].csv")):
            run("import", kind, file)
    for name in given["strategies"]:
        run("strategy", "set", folder / name)
    for day in given["watch_days"]:
        run("watch", "--on", day)
    out.mkdir(parents=True, exist_ok=True)
    for export in EXPORTS:
        (out / f"{export}.csv").write_text(run("export", export, "--on", given["on"]), encoding="utf-8")


def one(seed, options, root):
    folder = root / str(seed)
    arguments = [str(folder / "in"), "--seed", str(seed), "--ending", options.ending.isoformat()]
    random_company.main(arguments + (["--accounts", str(options.accounts)] if options.accounts else []))
    luotsi_reference.main([str(folder / "in"), str(folder / "reference"), "--days", str(folder / "in" / "days.json")])
    database = options.database or f"sqlite:{folder / 'luotsi.db'}"
    run_product(options.luotsi, folder / "in", folder / "product", database)
    print(f"seed {seed}: ", end="")
    different = compare.main(
        [str(folder / "reference"), str(folder / "product"), "--cents", options.cents, "--only", ",".join(EXPORTS)]
    )
    if different:
        print(f"    {folder}")
    else:
        shutil.rmtree(folder)
    return different


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--luotsi", default="luotsi", help="the program")
    parser.add_argument("--database", help="default: a new SQLite file for each company")
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--accounts", type=int)
    parser.add_argument("--ending", type=date.fromisoformat, default=date(2026, 6, 30))
    parser.add_argument("--cents", default="0")
    options = parser.parse_args()

    root = Path(tempfile.mkdtemp(prefix="luotsi-reference-"))
    seeds = range(options.first_seed, options.first_seed + options.count)
    different = sum(one(seed, options, root) for seed in seeds)
    print(f"{different} of {len(seeds)} companies differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
