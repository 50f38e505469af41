#!/usr/bin/env python3
"""Compares two folders of exports key by key and prints, per column, how often and where first they differ.

Exit code 0 when equal, 1 when different. Free text (agenda, segment_reason) is not compared.
"""

import argparse
import csv
import re
import sys
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from pathlib import Path

KEYS = {
    "values": ("external_id",),
    "segments": ("external_id",),
    "care": ("external_id", "line"),
    "deviations": ("external_id", "kind", "subject"),
    "proposals": ("external_id",),
}
FREE_TEXT = {"agenda", "segment_reason"}
MONEY = {
    "current_value",
    "previous_value",
    "potential_value",
    "reachable",
    "customer_target",
    "stake",
    "stake_at_risk",
    "stake_to_gain",
}
FRACTIONS = {"trend", "usual_gap", "ability", "share_of_wallet", "rhythm", "expected_to_date", "likelihood", "priority"}


def read(path, key):
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        columns = reader.fieldnames or []
        found, order = {}, []
        for row in reader:
            row_key = tuple(row.get(name) or "" for name in key)
            if row_key in found:
                print(f"{path}: key {row_key} twice")
            found[row_key] = row
            order.append(row_key)
        return columns, found, order


def number(text):
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def keys_of(text):
    """Deviation keys as a set, however they are separated and with or without the account in front."""
    found = set()
    for part in re.split(r"[;,|\s]+", text):
        words = part.strip().strip(":").split(":")
        kinds = [i for i, word in enumerate(words) if word in KINDS]
        if kinds:
            found.add(":".join(words[kinds[0] :]))
        elif part:
            found.add(part)
    return found


KINDS = {
    "care_late",
    "care_not_planned",
    "silence",
    "value_declining",
    "rhythm_broken",
    "segment_changed",
    "override_review",
    "potential_missing",
    "potential_stale",
    "owner_missing",
}


def same(column, one, other, cents, fraction):
    if one == other:
        return True
    if column == "deviations":
        return keys_of(one) == keys_of(other)
    a, b = number(one), number(other)
    if a is None or b is None:
        return False
    if column in MONEY or column in ("expected", "actual"):
        return abs(a - b) * 100 <= cents
    if column in FRACTIONS:
        return abs(a - b) <= fraction
    return a == b


def compare_export(export, one, other, options):
    """Prints the differences of one export and returns how many there are."""
    key = KEYS[export]
    one_columns, ones, one_order = read(one, key)
    other_columns, others, other_order = read(other, key)
    differences = defaultdict(list)
    for name in one_columns:
        if name not in other_columns and name not in FREE_TEXT:
            differences[f"column {name}"].append("only in the first")
    for name in other_columns:
        if name not in one_columns and name not in FREE_TEXT:
            differences[f"column {name}"].append("only in the second")
    for row_key in ones:
        if row_key not in others:
            differences["row only in the first"].append(f"{' '.join(row_key)}  {dict(ones[row_key])}")
    for row_key in others:
        if row_key not in ones:
            differences["row only in the second"].append(f"{' '.join(row_key)}  {dict(others[row_key])}")
    columns = [name for name in one_columns if name in other_columns and name not in FREE_TEXT]
    for row_key, row in ones.items():
        for name in columns if row_key in others else ():
            if not same(name, row[name] or "", others[row_key][name] or "", options.cents, options.fraction):
                differences[name].append(f"{' '.join(row_key)}  {row[name]!r} / {others[row_key][name]!r}")
    if set(ones) == set(others) and one_order != other_order:
        differences["order of rows"].append("the same rows in another order")
    for name, found in differences.items():
        print(f"{export}.{name}: {len(found)} of {max(len(ones), len(others))}")
        for text in found[: options.show]:
            print(f"    {text}")
    return sum(len(found) for found in differences.values())


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--cents", type=Decimal, default=Decimal(0), help="money may differ by so many cents")
    parser.add_argument("--fraction", type=Decimal, default=Decimal("0.000001"), help="fractions may differ by so much")
    parser.add_argument("--show", type=int, default=5, help="differences shown for each column")
    parser.add_argument("--only", help="exports to compare, with commas")
    options = parser.parse_args(arguments)

    total = 0
    for export in options.only.split(",") if options.only else KEYS:
        one, other = options.first / f"{export}.csv", options.second / f"{export}.csv"
        if one.exists() and other.exists():
            total += compare_export(export, one, other, options)
        elif options.only or (one.exists() != other.exists() and export != "segments"):
            print(f"{export}.csv: not in both folders")
            total += 1
    print("equal" if total == 0 else f"{total} differences")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
