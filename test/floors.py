#!/usr/bin/env python3
"""Compare scores (lines `set metric=value ...`) with the floors of a TSV file: set, metric, floor.

Prints every score, and one `ok` or `not ok` line for each floor.  A metric whose
name starts with `max:` must not be above its figure.
"""
import re
import sys

floors, scores = sys.argv[1:]
got = {}
for line in open(scores, encoding="utf-8"):
    print("#!", "   ", line.rstrip())
    name, *rest = line.split()
    got[name] = dict(r.split("=", 1) for r in rest if re.fullmatch(r"[^=]+=-?[\d.]+", r))
bad = 0
for line in open(floors, encoding="utf-8"):
    # pages/own is measured by test/run-all itself
    if line.startswith(("#", "set\t", "pages/own\t")) or not line.strip():
        continue
    name, metric, figure = line.rstrip("\n").split("\t")
    most = metric.startswith("max:")
    value = got.get(name, {}).get(metric.removeprefix("max:"))
    good = value is not None and (float(value) <= float(figure) if most else float(value) >= float(figure))
    bad += not good
    print(f"{'ok' if good else 'not ok'} score {name} {metric} {value} ({'at most' if most else 'at least'} {figure})")
sys.exit(1 if bad else 0)
