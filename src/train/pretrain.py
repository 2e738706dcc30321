#!/usr/bin/env python3
"""Pre-train the encoder by masked words on raw text.

pretrain.py WORKDIR NAME --tokens N [--hidden H] [--dil 1,2,4,1] [--init NAME]
reads WORKDIR/{vectors.npy,words.txt,raw.X.npy,raw.L.npy,types.pkl}, writes WORKDIR/p_NAME.pt
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
from tagger_net import Encoder

ap = argparse.ArgumentParser()
ap.add_argument("work")
ap.add_argument("name")
ap.add_argument("--tokens", type=float, default=8e6)
ap.add_argument("--hidden", type=int, default=128)
ap.add_argument("--dil", default="1,2,4,1")
ap.add_argument("--lr", type=float, default=2e-3)
ap.add_argument("--batch", type=int, default=3000)
ap.add_argument("--vocab", type=int, default=12000)
ap.add_argument("--seed", type=int, default=1)
ap.add_argument("--threads", type=int, default=2)
o = ap.parse_args()
torch.set_num_threads(o.threads)
torch.manual_seed(o.seed)
rng = np.random.default_rng(o.seed)
W = o.work + "/"

vec = torch.from_numpy(np.load(W + "vectors.npy").astype(np.float32))
types = pickle.load(open(W + "types.pkl", "rb"))
X = np.load(W + "raw.X.npy", mmap_mode="r")
L = np.load(W + "raw.L.npy")
off = np.concatenate([[0], np.cumsum(L, dtype=np.int64)])

# targets: the table's most frequent words (rows are in order of frequency)
row = types.row.numpy()
target = np.where(types.exact & (row <= o.vocab), row - 1, -1)

enc = Encoder(vec, tt.NALPHA, o.hidden, [int(d) for d in o.dil.split(",")])
H = o.hidden
head = nn.Sequential(nn.Linear(H, vec.shape[1]))
norm = F.normalize(vec[1:o.vocab + 1], dim=1)
table = nn.Parameter(norm.clone())
bias = nn.Parameter(-torch.log(torch.arange(o.vocab).float() + 10))
params = [p for p in enc.parameters()] + list(head.parameters()) + [table, bias]
opt = torch.optim.AdamW(params, lr=o.lr, weight_decay=0.01)
enc.train()

n_sent = int((L >= 8).sum())
pick = rng.permutation(np.nonzero(L >= 8)[0])
seen = step = 0
acc = cnt = hit = 0
t0 = time.time()
pos = 0
while seen < o.tokens:
    # a pool of sentences, cut into batches of like length
    pool = pick[pos:pos + 4000]
    pos = (pos + 4000) % max(1, len(pick) - 4000)
    for b in tt.batches(L[pool], o.batch, rng):
        ids = pool[b]
        x, f, m = tt.batch(types, [X[off[i]:off[i + 1]] for i in ids])
        y = torch.from_numpy(target[x.numpy()])
        mk = (torch.rand(x.shape) < 0.2) & m & (y >= 0)
        hide = mk & (torch.rand(x.shape) < 0.9)
        lr = o.lr * min(1, (step + 1) / 200) * (0.5 * (1 + math.cos(math.pi * min(1, seen / o.tokens))) * 0.97 + 0.03)
        for g in opt.param_groups:
            g["lr"] = lr
        h = enc(x, types, f, m, drop=0.1, hide=hide)[mk]
        q = F.linear(head(h).bfloat16(), (table * 8.0).bfloat16()).float() + bias
        loss = F.cross_entropy(q, y[mk])
        opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(params, 2.0)
        opt.step()
        step += 1
        seen += int(m.sum())
        acc += loss.item()
        cnt += 1
        if step % 100 == 0:
            print("%s step %d tokens %d loss %.3f %.0fs" % (o.name, step, seen, acc / cnt, time.time() - t0),
                  flush=True)
            acc = cnt = 0
        if step % 500 == 0 or seen >= o.tokens:
            torch.save((enc.cfg, enc.state_dict()), W + "p_" + o.name + ".pt")
        if seen >= o.tokens:
            break
