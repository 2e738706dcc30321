#!/usr/bin/env python3
"""Compare scores (JSON lines) with the floors of a TSV file: set, metric, floor.

Prints every score, and one `ok` or `not ok` line for each floor.  A metric whose
name starts with `max:` must not be above its figure.
"""
import json
import sys

floors, scores = sys.argv[1:]
got = {}
for line in open(scores, encoding="utf-8"):
    if line.startswith("{"):
        row = json.loads(line)
        got[row["set"]] = row
        print("#!", "   ", row["set"], *(f"{k}={v:.2f}" if isinstance(v, float) else f"{k}={v}"
                                  for k, v in row.items() if k != "set"))
    else:
        print("#!", "   ", line.rstrip())
bad = 0
for line in open(floors, encoding="utf-8"):
    # pages/own is measured by test/run-all itself
    if line.startswith(("#", "set\t", "pages/own\t")) or not line.strip():
        continue
    name, metric, figure = line.rstrip("\n").split("\t")
    most = metric.startswith("max:")
    value = got.get(name, {}).get(metric.removeprefix("max:"))
    good = value is not None and (value <= float(figure) if most else value >= float(figure))
    bad += not good
    print(f"{'ok' if good else 'not ok'} score {name} {metric} {value} ({'at most' if most else 'at least'} {figure})")
sys.exit(1 if bad else 0)
