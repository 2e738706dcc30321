#!/usr/bin/env python3
"""Fit the temperature of a model on held-out sentences, and measure the calibration of its scores.

calibrate.py WORK NAME [--share A,B,C] --mod-part P --aner-part P [--out FILE]
The parts are those of the training run, so that what it held out is used here.  The score of a
name is, as in na_entity.c, the least probability of a tag in it; a name is right when its words
and its kind are.  ECE: mean distance between score and share of right names, over ten bins.
"""
import argparse
import pickle

import numpy as np
import torch

import tagger_text as tt
from tagger_net import crf_decode, crf_sums
from train import SERVED, blend_potentials, chunks, load_data, load_model, spans


def scores(model, types, S, potentials, temperature, kinds):
    """(score, right) of every name that the model finds"""
    out = []
    with torch.no_grad():
        for b in tt.batches([len(s[0]) for s in S], 4000, np.random.default_rng(0), False):
            x, f, m = tt.batch(types, [S[j][0] for j in b], [S[j][1] for j in b])
            em, tr = potentials(model(x, types, f, m), model.heads.tr)
            em, tr = em / temperature, tr.detach() / temperature
            q = crf_sums(em.numpy(), tr.numpy(), m.numpy())[0]
            for r, (j, p) in enumerate(zip(b, crf_decode(em, tr, m))):
                pos, gold = S[j][3], chunks(S[j][4])
                for a, e, y in spans(p):
                    if y in kinds:
                        name = "PER LOC ORG MISC NAT".split()[y - 1]
                        s = min(q[r, t, p[t]] for t in range(a, e))
                        out.append((s, (pos[a], pos[e - 1] + 1, name) in gold))
    return np.array(out, np.float64)


def ece(s):
    b = np.minimum((s[:, 0] * 10).astype(int), 9)
    return sum(abs(s[b == k, 0].mean() - s[b == k, 1].mean()) * (b == k).mean() for k in range(10) if (b == k).any())


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("work")
    ap.add_argument("name")
    ap.add_argument("--share", default=",".join(map(str, SERVED)))
    ap.add_argument("--mod-part", type=float, required=True)
    ap.add_argument("--aner-part", type=float, required=True)
    ap.add_argument("--news-part", type=float, default=1.0)
    ap.add_argument("--out", default="", help="a file for the temperature")
    o = ap.parse_args()
    torch.set_num_threads(1)
    model = load_model(o.work, o.name)
    types = pickle.load(open(o.work + "/types.pkl", "rb"))
    dev = load_data(o.work, o.mod_part, o.aner_part, o.news_part)[1]
    pot = blend_potentials(*[float(a) for a in o.share.split(",")])
    best = None
    for t in np.arange(0.7, 2.51, 0.1):
        # the first convention knows no nationalities: they are not judged there
        s = np.concatenate([scores(model, types, dev[n], pot, t, k) for n, k in
                            (("mod", (1, 2, 3, 5)), ("news", (1, 2, 3, 5)), ("aner", (1, 2, 3))) if n in dev])
        p = np.clip(s[:, 0], 1e-4, 1 - 1e-4)
        loss = -np.mean(s[:, 1] * np.log(p) + (1 - s[:, 1]) * np.log(1 - p))
        print("temperature %.1f: log loss %.4f, ECE %.4f, %d names" % (t, loss, ece(s), len(s)))
        if best is None or loss < best[0]:
            best = (loss, t, ece(s))
    print("best %.1f ECE %.4f" % (best[1], best[2]))
    if o.out:
        with open(o.out, "w") as f:
            f.write("%.1f\n" % best[1])


if __name__ == "__main__":
    main()
