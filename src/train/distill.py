#!/usr/bin/env python3
"""Label raw text with what teachers think of it.

distill.py WORK OUT TEACHER[,TEACHER…] [--part I/N]
reads WORK/sample.pkl, writes WORK/OUT: (ids, flags, marginals of heads 0, 1 and 3) of every line.
The teachers' potentials are averaged; the marginals of the averaged chains are the labels.
"""
import argparse
import pickle
import time

import numpy as np
import torch

import tagger_text as tt
from tagger_net import crf_sums
from train import SOFT_HEADS, load_model, load_vectors


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("work")
    ap.add_argument("out")
    ap.add_argument("teachers")
    ap.add_argument("--part", default="0/1")
    o = ap.parse_args()
    torch.set_num_threads(1)
    vec = load_vectors(o.work)
    types = pickle.load(open(o.work + "/types.pkl", "rb"))
    models = [load_model(o.work, n, vec) for n in o.teachers.split(",")]
    i, n = map(int, o.part.split("/"))
    S = pickle.load(open(o.work + "/sample.pkl", "rb"))[i::n]
    tr = sum(m.heads.tr.detach() for m in models).numpy() / len(models)
    out = [None] * len(S)
    t0, seen = time.time(), 0
    with torch.no_grad():
        for k, b in enumerate(tt.batches([len(s[0]) for s in S], 4000, np.random.default_rng(0), False)):
            x, f, m = tt.batch(types, [S[j][0] for j in b], [S[j][1] for j in b])
            em = (sum(t(x, types, f, m) for t in models) / len(models)).numpy()
            q = [crf_sums(np.ascontiguousarray(em[:, :, h]), tr[h], m.numpy())[0] for h in SOFT_HEADS]
            for r, j in enumerate(b):
                ids, gaz = S[j]
                out[j] = (ids, gaz, np.stack([p[r, :len(ids)] for p in q]).astype(np.float16))
                seen += len(ids)
            if k % 100 == 0:
                print("%d tokens %.0fs" % (seen, time.time() - t0), flush=True)
    pickle.dump(out, open(o.work + "/" + o.out, "wb"), protocol=4)


if __name__ == "__main__":
    main()
