#!/usr/bin/env python3
"""Train the tagger on labelled text, with one head a convention.

train.py WORKDIR NAME [--init PRETRAINED] [--pseudo FILE] ...
reads WORKDIR/{vectors.npy,types.pkl,labelled.pkl}, writes WORKDIR/m_NAME.pt

Heads: 0 ANERcorp, 1 ours (modern-train, with nationalities), 2 AQMAR, 3 served: both of
the first two.  ANERcorp has no nationalities: under head 3 what it calls O may be one.
"""
import argparse
import math
import pickle
import time

import numpy as np
import torch
import torch.nn as nn

import tagger_text as tt
from tagger_net import (K, TAG_ID, TAGS, TYPES, Encoder, Heads, crf_decode, crf_loss)

HEADS = 4
HEAD_OF = {"aner": 0, "mod": 1, "aqmar": 2}
SERVED = 3
PARTIAL_O = [TAG_ID["O"], TAG_ID["B-NAT"], TAG_ID["I-NAT"]]


class Model(nn.Module):
    def __init__(self, vec, cfg):
        super().__init__()
        self.enc = Encoder(vec, cfg["nchars"], cfg["hidden"], cfg["dilations"], cfg["dim"])
        self.heads = Heads(cfg["hidden"], HEADS)

    def forward(self, x, types, f, m, **kw):
        return self.heads(self.enc(x, types, f, m, **kw))


def load_vectors(work):
    return torch.from_numpy(np.load(work + "/vectors.npy").astype(np.float32))


def load_model(work, name, vec=None):
    cfg, sd = torch.load(work + "/m_" + name + ".pt")
    m = Model(load_vectors(work) if vec is None else vec, cfg)
    m.load_state_dict(sd)
    m.eval()
    return m


def cut(ids, gaz, tags, n=110):
    """long sentences in pieces"""
    for a in range(0, len(ids), n):
        yield ids[a:a + n], None if gaz is None else gaz[a:a + n], {h: t[a:a + n] for h, t in tags.items()}


def load_data(work, mod_part):
    D = pickle.load(open(work + "/labelled.pkl", "rb"))
    train, dev = [], {}
    for name, S in D.items():
        S = [(s[0], s[4] if len(s) > 4 else None, s[1], s[2], s[3]) for s in S]
        if name == "mod" and mod_part < 1:
            k = int(len(S) * mod_part)
            dev["mod"] = S[k:]
            S = S[:k]
        if name not in HEAD_OF:
            dev[name] = S
            continue
        h = HEAD_OF[name]
        for ids, gaz, tags, _, _ in S:
            t = np.array([TAG_ID.get(x, 0) for x in tags])
            heads = {h: t}
            if h < 2:
                heads[SERVED] = t
            for c in cut(ids, gaz, heads):
                train.append(c + (name,))
    return train, dev


def allowed_tags(tags, name, head):
    a = np.zeros((len(tags), K), bool)
    a[np.arange(len(tags)), tags] = True
    if name == "aner" and head == SERVED:
        a[np.ix_(tags == 0, PARTIAL_O)] = True
    return a


def make_batch(types, ex, gdrop, rng):
    gaz = [e[1] for e in ex]
    if gdrop:
        gaz = [None if g is None or rng.random() < gdrop else g for g in gaz]
    x, f, m = tt.batch(types, [e[0] for e in ex], gaz)
    b, h, al = [], [], []
    T = x.shape[1]
    for i, e in enumerate(ex):
        for head, tags in e[2].items():
            b.append(i)
            h.append(head)
            a = np.zeros((T, K), bool)
            a[:len(tags)] = allowed_tags(tags, e[3], head)
            a[len(tags):, 0] = True
            al.append(a)
    return x, f, m, torch.tensor(b), torch.tensor(h), torch.from_numpy(np.stack(al))


def chunks(tags):
    out, start, typ = set(), None, None
    for k, t in enumerate(list(tags) + ["O"]):
        p, y = ("O", None) if t == "O" else t.split("-", 1)
        if start is not None and (p != "I" or y != typ):
            out.add((start, k, typ))
            start = None
        if p == "B" or (p == "I" and start is None):
            start, typ = k, y
    return out


def decode(model, types, sents, gaz, potentials, size=4000):
    """potentials(em, tr) -> (em, tr) of one chain; returns a list of tag lists"""
    out = [None] * len(sents)
    rng = np.random.default_rng(0)
    pieces = [(i, a) for i, s in enumerate(sents) for a in range(0, len(s), 200)]
    ln = [len(sents[i][a:a + 200]) for i, a in pieces]
    res = {}
    model.eval()
    with torch.no_grad():
        for b in tt.batches(ln, size, rng, False):
            x, f, m = tt.batch(types, [sents[pieces[j][0]][pieces[j][1]:pieces[j][1] + 200] for j in b],
                               None if gaz is None else
                               [None if gaz[pieces[j][0]] is None else
                                gaz[pieces[j][0]][pieces[j][1]:pieces[j][1] + 200] for j in b])
            em = model(x, types, f, m)
            e, tr = potentials(em, model.heads.tr)
            for j, p in zip(b, crf_decode(e, tr, m)):
                res[pieces[j]] = p
    for i, s in enumerate(sents):
        out[i] = [TAGS[t] for a in range(0, len(s), 200) for t in res[(i, a)]]
    return out


def head_potentials(h):
    def f(em, tr):
        return em[:, :, h], tr[h]
    return f


def blend_potentials(alpha):
    """alpha of head 0 (its nationalities are its O) and the rest of head 1"""
    def f(em, tr):
        a, b = em[:, :, 0].clone(), em[:, :, 1]
        ta, tb = tr[0].clone(), tr[1]
        nat = PARTIAL_O[1:]
        a[:, :, nat] = a[:, :, :1].clone()
        # as if a nationality were an O to the first head
        ta[:, nat] = ta[:, :1].clone()
        ta[nat, :] = ta[:1, :].clone()
        ta[:, nat[1]] = ta[:, 0].clone()
        return alpha * a + (1 - alpha) * b, alpha * ta + (1 - alpha) * tb
    return f


def evaluate(model, types, S, potentials, kinds):
    P = decode(model, types, [s[0] for s in S], [s[1] for s in S], potentials)
    n = {k: [0, 0, 0] for k in kinds + ["ALL"]}
    for (ids, gaz, _, pos, gold), p in zip(S, P):
        g = {c for c in chunks(gold) if c[2] in kinds}
        q = {(pos[a], pos[b - 1] + 1, y) for a, b, y in chunks(p) if y in kinds}
        for s, i in ((g & q, 0), (q, 1), (g, 2)):
            for c in s:
                n[c[2]][i] += 1
                n["ALL"][i] += 1
    f = {k: 200.0 * t / max(1, p + g) for k, (t, p, g) in n.items()}
    return f


def fmt(f):
    return "%.2f (" % f["ALL"] + " ".join("%s %.1f" % (k, v) for k, v in f.items() if k != "ALL") + ")"


def report(model, types, dev, label, full=False):
    old = ["PER", "LOC", "ORG", "MISC"]
    ways = [("served", head_potentials(SERVED))]
    if full:
        ways += [("A", head_potentials(0)), ("B", head_potentials(1))]
        ways += [("blend%.1f" % a, blend_potentials(a)) for a in (0.3, 0.5, 0.7)]
    for w, p in ways:
        s = "%s %s: dev %s" % (label, w, fmt(evaluate(model, types, dev["dev"], p, old)))
        if "mod" in dev:
            s += " moddev " + fmt(evaluate(model, types, dev["mod"], p, TYPES))
        print(s, flush=True)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("work")
    ap.add_argument("name")
    ap.add_argument("--init", default="")
    ap.add_argument("--start", default="", help="go on from a trained model")
    ap.add_argument("--pseudo", default="")
    ap.add_argument("--pseudo-share", type=float, default=1.0, help="of the pseudo-labelled text an epoch")
    ap.add_argument("--hidden", type=int, default=128)
    ap.add_argument("--dil", default="1,2,4,1")
    ap.add_argument("--epochs", type=int, default=15)
    ap.add_argument("--lr", type=float, default=2e-3)
    ap.add_argument("--drop", type=float, default=0.35)
    ap.add_argument("--wdrop", type=float, default=0.05)
    ap.add_argument("--gdrop", type=float, default=0.1)
    ap.add_argument("--batch", type=int, default=1500)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--quant", type=int, default=0, help="last epochs with imitated quantisation")
    ap.add_argument("--mod-part", type=float, default=0.85)
    ap.add_argument("--every", type=int, default=3)
    ap.add_argument("--threads", type=int, default=2)
    o = ap.parse_args()
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    rng = np.random.default_rng(o.seed)

    types = pickle.load(open(o.work + "/types.pkl", "rb"))
    vec = load_vectors(o.work)
    cfg = dict(hidden=o.hidden, dilations=[int(d) for d in o.dil.split(",")], dim=96, nchars=tt.NALPHA)
    sd = None
    if o.init:
        cfg, sd = torch.load(o.work + "/p_" + o.init + ".pt")
    if o.start:
        cfg, sd = torch.load(o.work + "/m_" + o.start + ".pt")
    model = Model(vec, cfg)
    if o.start:
        model.load_state_dict(sd)
    elif sd:
        model.enc.load_state_dict(sd)
    train, dev = load_data(o.work, o.mod_part)
    pseudo = pickle.load(open(o.pseudo, "rb")) if o.pseudo else []
    print(vars(o), "examples", len(train), "pseudo", len(pseudo), flush=True)

    params = [p for p in model.parameters() if p.requires_grad]
    opt = torch.optim.AdamW(params, lr=o.lr, weight_decay=0.01)
    ema = {k: v.clone() for k, v in model.state_dict().items()}
    step = 0
    t0 = time.time()
    npseudo = int(len(pseudo) * o.pseudo_share)
    for ep in range(o.epochs):
        model.train()
        model.enc.set_quant(ep >= o.epochs - o.quant)
        ex = list(train)
        if npseudo:
            ex += [pseudo[i] for i in rng.choice(len(pseudo), npseudo, replace=False)]
        bs = tt.batches([len(e[0]) for e in ex], o.batch, rng)
        tot = 0.0
        for k, b in enumerate(bs):
            done = (ep + k / len(bs)) / o.epochs
            lr = o.lr * min(1, (step + 1) / 100) * (0.5 * (1 + math.cos(math.pi * done)) * 0.97 + 0.03)
            for g in opt.param_groups:
                g["lr"] = lr
            x, f, m, bi, hi, al = make_batch(types, [ex[i] for i in b], o.gdrop, rng)
            h = model.enc(x, types, f, m, drop=o.drop, wdrop=o.wdrop)
            em = model.heads(h)[bi, :, hi]
            loss = crf_loss(em, model.heads.tr[hi], al, m[bi]).sum() / m[bi].sum()
            opt.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(params, 2.0)
            opt.step()
            step += 1
            tot += loss.item()
            d = min(0.998, (step + 1) / (step + 20))
            with torch.no_grad():
                for key, v in model.state_dict().items():
                    ema[key].mul_(d).add_(v, alpha=1 - d)
        print("%s epoch %d loss %.4f %.0fs" % (o.name, ep + 1, tot / len(bs), time.time() - t0), flush=True)
        last = ep + 1 == o.epochs
        if last or (ep + 1) % o.every == 0:
            keep = {k: v.clone() for k, v in model.state_dict().items()}
            model.load_state_dict(ema)
            torch.save((cfg, model.state_dict()), o.work + "/m_" + o.name + ".pt")
            report(model, types, dev, o.name, last)
            if not last:
                model.load_state_dict(keep)


if __name__ == "__main__":
    main()
