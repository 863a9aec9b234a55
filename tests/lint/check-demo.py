#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Fails where a demonstration table names a key that no table has. Usage: check-demo.py SOURCE-FOLDER

The import refuses such rows too; this names all of them at once, without a daemon.
"""

import csv
import datetime
import pathlib
import sys

folder = pathlib.Path(sys.argv[1], "ui", "demo")
tables = {path.stem: list(csv.DictReader(path.open(encoding="utf-8", newline=""))) for path in folder.glob("*.csv")}
keys = {name: {row["key"] for row in rows} for name, rows in tables.items()}

# table, column, the table whose keys it holds; a list is separated by spaces, its items end before : or follow @
REFERENCES = [
    ("units", "parent_key", "units"), ("links", "parent_key", "links"), ("resources", "unit_key", "units"),
    ("resources", "closure_key", "closures"), ("people", "unit_key", "units"), ("sites", "unit_key", "units"),
    ("sites", "room_key", "resources"), ("sites", "link_key", "links"), ("sources", "room_key", "resources"),
    ("courses", "unit_key", "units"), ("courses", "trainer_key", "people"), ("courses", "room_key", "resources"),
    ("courses", "site_keys", "sites"), ("courses", "equipment", "resources"), ("courses", "source_keys", "sources"),
]
# several rows of a key are the terms of one thing
WITH_TERMS = {"units", "closures"}


def faults():
    for table, column, other in REFERENCES:
        for number, row in enumerate(tables[table], 2):
            for item in row[column].split():
                if item.partition(":")[0] not in keys[other]:
                    yield f"{table}.csv: row {number}: {column}: {other}.csv has no {item}"
    for number, row in enumerate(tables["people"], 2):
        for grant in row["roles"].split():
            if "@" in grant and grant.partition("@")[2] not in keys["units"]:
                yield f"people.csv: row {number}: roles: units.csv has no unit of {grant}"
    for table, rows in tables.items():
        seen = {}
        for number, row in enumerate(rows, 2):
            if row["key"] in seen and table not in WITH_TERMS:
                yield f"{table}.csv: row {number}: the key {row['key']} stands twice"
            if table in WITH_TERMS:
                begins, ends = (datetime.date.fromisoformat(row[day] or "9999-12-31") for day in ("from", "until"))
                if begins >= ends or begins < seen.get(row["key"], begins):
                    yield f"{table}.csv: row {number}: the term of {row['key']} is empty or overlaps the one before"
                seen[row["key"]] = ends
            seen.setdefault(row["key"])


found = list(faults())
print("\n".join(found))
sys.exit(1 if found else 0)
