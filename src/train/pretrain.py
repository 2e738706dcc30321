#!/usr/bin/env python3
"""Pre-train an encoder by hidden words of raw text.

pretrain.py WORK NAME --tokens N [--hidden H] [--dil 1,2,4,8,1] [--own N] [--big]
reads WORK/{vectors.npy,words.txt,raw.X.npy,raw.L.npy,types.pkl}, writes WORK/p_NAME.pt

A fifth of the words of the vocabulary are hidden, and guessed from what stands around them.
The softmax is sampled: the words that are sought in a batch and some drawn at random are the
candidates, each corrected by the probability with which it became one.
"""
import argparse
import math
import pickle
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import tagger_text as tt
from tagger_net import Dropout, Encoder, Linear, product

ap = argparse.ArgumentParser()
ap.add_argument("work")
ap.add_argument("name")
ap.add_argument("--tokens", type=float, default=30e6)
ap.add_argument("--stop", type=float, default=0, help="tokens after which to end before the rate has fallen")
ap.add_argument("--hidden", type=int, default=128)
ap.add_argument("--dil", default="1,2,4,8,1")
ap.add_argument("--own", type=int, default=0)
ap.add_argument("--big", action="store_true")
ap.add_argument("--lr", type=float, default=2e-3)
ap.add_argument("--batch", type=int, default=3000)
ap.add_argument("--vocab", type=int, default=30000)
ap.add_argument("--candidates", type=int, default=2048)
ap.add_argument("--hide", type=float, default=0.2)
ap.add_argument("--seed", type=int, default=1)

o = ap.parse_args()
torch.set_num_threads(1)
torch.manual_seed(o.seed)
Dropout.seed(o.seed)
rng = np.random.default_rng(o.seed)
W = o.work + "/"

vec = torch.from_numpy(np.load(W + "vectors.npy").astype(np.float32))
o.vocab, o.own = min(o.vocab, len(vec) - 1), min(o.own, len(vec) - 1)
types = pickle.load(open(W + "types.pkl", "rb"))
X = np.load(W + "raw.X.npy")
L = np.load(W + "raw.L.npy")
off = np.concatenate([[0], np.cumsum(L, dtype=np.int64)])

# targets: the most frequent words (rows are in order of frequency), marks and numbers left out
row = types.row.numpy()
word = (types.mask & np.uint64(1 << tt.KIND_ID["word"])) > 0
target = np.where(types.exact & word & (row <= o.vocab), row, 0)
count = np.bincount(target[X], minlength=o.vocab + 1).astype(np.float64)
count[0] = 0
share = count / count.sum()
draw = share ** 0.75
draw /= draw.sum()
edges = np.cumsum(draw)
edges[-1] = 1

enc = Encoder(vec, tt.NALPHA, o.hidden, [int(d) for d in o.dil.split(",")], own=o.own, big=o.big)
head = Linear(o.hidden, vec.shape[1])
head.weight.data *= 0.2
# the words sought: fastText's directions, bent by training
table = nn.Embedding(o.vocab + 1, vec.shape[1], sparse=True)
table.weight.data.copy_(F.normalize(vec[:o.vocab + 1], dim=1) * 8.0)
bias = nn.Parameter(torch.from_numpy(np.log(share + 1e-7)).float())
if enc.own is not None:
    enc.own.sparse = True
sparse = [table.weight] + ([enc.own.weight] if enc.own is not None else [])
params = [p for p in enc.parameters() if all(p is not q for q in sparse)] + list(head.parameters()) + [bias]
opt = torch.optim.AdamW(params, lr=o.lr, weight_decay=0.01)
opt2 = torch.optim.SparseAdam(sparse, lr=o.lr)
enc.train()


def save():
    torch.save((enc.cfg, enc.state_dict()), W + "p_" + o.name + ".pt")


pick = rng.permutation(np.nonzero(L >= 8)[0])
seen = step = pos = 0
acc = cnt = 0
t0 = time.time()
pool = []
while seen < (o.stop or o.tokens):
    if not pool:
        # sentences cut into batches of like length
        part = pick[pos:pos + 6000]
        pos = (pos + 6000) % max(1, len(pick) - 6000)
        pool = [part[b] for b in tt.batches(L[part], o.batch, rng)]
    x, f, m = tt.batch(types, [X[off[i]:off[i + 1]] for i in pool.pop()])
    y = target[x.numpy()]
    mk = (rng.random(y.shape) < o.hide) & m.numpy() & (y > 0)
    hide = mk & (rng.random(y.shape) < 0.9)
    want = y[mk]
    if not len(want):
        continue
    # candidates: what is sought, filled up by draws; p = probability to have become one
    sought = np.unique(want)
    d, first = np.unique(np.searchsorted(edges, rng.random(4 * o.candidates)), return_index=True)
    d, first = d[~np.isin(d, sought)], first[~np.isin(d, sought)]
    k = np.argsort(first)[:o.candidates - len(sought)]
    drawn = first[k[-1]] + 1
    cand = np.sort(np.concatenate([sought, d[k]]))
    p = -np.expm1(len(want) * np.log1p(-share[cand]) + drawn * np.log1p(-draw[cand]))
    lr = o.lr * min(1, (step + 1) / 200) * (0.5 * (1 + math.cos(math.pi * min(1, seen / o.tokens))) * 0.97 + 0.03)
    for g in opt.param_groups + opt2.param_groups:
        g["lr"] = lr
    h = enc(x, types, f, m, drop=0.1, hide=torch.from_numpy(hide))
    h = head(h.view(-1, o.hidden)[torch.from_numpy(np.nonzero(mk.ravel())[0])])
    c = torch.from_numpy(cand)
    q = product(h, table(c)) + (bias[c] - torch.from_numpy(np.log(p)).float())
    loss = F.cross_entropy(q, torch.from_numpy(np.searchsorted(cand, want)))
    opt.zero_grad(set_to_none=True)
    opt2.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(params, 2.0)
    opt.step()
    opt2.step()
    step += 1
    seen += int(m.sum())
    acc += loss.item()
    cnt += 1
    if step % 200 == 0:
        print("%s step %d tokens %d loss %.3f %.0fs" % (o.name, step, seen, acc / cnt, time.time() - t0), flush=True)
        acc = cnt = 0
    if step % 2000 == 0:
        save()
save()
