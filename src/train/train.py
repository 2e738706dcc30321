#!/usr/bin/env python3
"""Train the tagger on labelled text, with one head a convention.

train.py WORK NAME [--init PRETRAINED | --start MODEL] [--soft FILE] ...
reads WORK/{vectors.npy,types.pkl,labelled.pkl,names.pkl}, writes WORK/m_NAME.pt

Heads: 0 ANERcorp, 1 ours (modern-train, with nationalities), 2 AQMAR, 3 both of the first two:
it learns by which texts which convention goes.  ANERcorp has no nationalities: under head 3 what
it calls O may be one.  What is served is a mixture of heads (blend()).

--soft FILE[,FILE…] (in WORK): text with the marginals of teachers (distill.py) beside the labelled text: a student.
"""
import argparse
import math
import pickle
import time

import numpy as np
import torch
import torch.nn as nn

import tagger_text as tt
from tagger_net import (K, TAG_ID, TAGS, TYPES, ChainLoss, Dropout, Encoder, Heads, crf_decode, crf_sums)

HEADS = 4
BOTH = 3
SOFT_HEADS = (0, 1, BOTH)
HEAD_OF = {"aner": 0, "mod": 1, "aqmar": 2, "news": 1, "wire": 0}
LONGEST = 120
MISC = [TAG_ID["B-MISC"], TAG_ID["I-MISC"]]
NAT = [TAG_ID["B-NAT"], TAG_ID["I-NAT"]]


def allowed():
    """what a token may be to ANERcorp that is so and so to us: persons are the same, and nothing else is
    one; bodies of a state are often none; a head may belong to the name; nationalities are none"""
    a = np.zeros((K, K), bool)
    may = {"O": "O MISC ORG", "PER": "", "LOC": "O LOC", "ORG": "O ORG LOC MISC", "MISC": "O MISC ORG LOC",
           "NAT": "O MISC"}
    for t, i in TAG_ID.items():
        a[i, i] = True
        for y in may[t.split("-")[-1]].split():
            a[i, [j for u, j in TAG_ID.items() if u.split("-")[-1] == y]] = True
    a[NAT] &= ~np.isin(np.arange(K), NAT)
    return a


ALLOWED = allowed()


class Model(nn.Module):
    def __init__(self, vec, cfg):
        super().__init__()
        self.enc = Encoder(vec, **{k: v for k, v in cfg.items()})
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


def load_data(work, mod_part, aner_part=1.0, news_part=1.0):
    """(training examples, held-out sentences by name); a part of a set below 1 holds out its end"""
    D = pickle.load(open(work + "/labelled.pkl", "rb"))
    train, dev = [], {}
    for name, S in D.items():
        if name not in HEAD_OF:
            dev[name] = S
            continue
        part = {"mod": mod_part, "aner": aner_part, "news": news_part, "wire": news_part}.get(name, 1.0)
        if part < 1:
            k = int(len(S) * part)
            dev[name] = S[k:]
            S = S[:k]
        for ids, gaz, tags, _, _ in S:
            t = np.array([TAG_ID.get(x, 0) for x in tags])
            for a in range(0, len(ids), LONGEST):
                train.append((ids[a:a + LONGEST], gaz[a:a + LONGEST], t[a:a + LONGEST], HEAD_OF[name]))
    return train, dev


class Swaps:
    """Augmentation: a name gives way to another of its kind, from the labelled text of the same
    convention, from the gazetteer, or put together of a given and a family name."""

    SYNTHETIC = {1: 0.5, 2: 0.25, 3: 0.2, 5: 0.0}    # share of names that are not from the text

    def __init__(self, train, names, rng):
        self.rng, self.pool = rng, {}
        self.names = {k: (v, []) for k, v in names.items()}
        for ids, gaz, tags, head in train:
            for a, b, y in spans(tags):
                c = bool(gaz[a] & (1 << 16))          # with a proclitic
                self.pool.setdefault((head, y, c), []).append((ids[a:b], gaz[a:b]))

    def other(self, head, y, c):
        if not c and y in self.names and self.rng.random() < self.SYNTHETIC.get(y, 0):
            v = self.names[y][0]
            return v[self.rng.integers(len(v))]
        if y in (1, 2) and self.rng.random() < 0.5:
            head = 1 - head if head < 2 else self.rng.integers(2)
        v = self.pool.get((head, y, c))
        return v[self.rng.integers(len(v))] if v else None

    def apply(self, ex, p):
        ids, gaz, tags, head = ex
        out, at = [], 0
        for a, b, y in spans(tags):
            if self.rng.random() >= p:
                continue
            n = self.other(head, y, bool(gaz[a] & (1 << 16)))
            if n is None:
                continue
            t = np.full(len(n[0]), 2 * y)
            t[0] = 2 * y - 1
            out += [(ids[at:a], gaz[at:a], tags[at:a]), (n[0], n[1], t)]
            at = b
        if not out:
            return ex
        out.append((ids[at:], gaz[at:], tags[at:]))
        return tuple(np.concatenate([o[k] for o in out])[:LONGEST + 40] for k in range(3)) + (head,)


def spans(tags):
    """(start, end, kind) of tag numbers"""
    out, a = [], None
    for i, t in enumerate(list(tags) + [0]):
        if a is not None and (t == 0 or t % 2 == 1 or t // 2 != y):
            out.append((a, i, y))
            a = None
        if t and a is None:
            a, y = i, int(t + 1) // 2
    return out


def chunks(tags):
    return {(a, b, TYPES[y - 1]) for a, b, y in spans([TAG_ID.get(t, 0) for t in tags])}


def decode(model, types, sents, gaz, potentials, size=4000):
    """potentials(em, tr) -> (em, tr) of one chain; returns a list of tag lists"""
    out = []
    rng = np.random.default_rng(0)
    pieces = [(i, a) for i, s in enumerate(sents) for a in range(0, len(s), 200)]
    res = {}
    model.eval()
    with torch.no_grad():
        for b in tt.batches([len(sents[i][a:a + 200]) for i, a in pieces], size, rng, False):
            part = [pieces[j] for j in b]
            x, f, m = tt.batch(types, [sents[i][a:a + 200] for i, a in part], [gaz[i][a:a + 200] for i, a in part])
            e, tr = potentials(model(x, types, f, m), model.heads.tr)
            for j, p in zip(part, crf_decode(e, tr, m)):
                res[j] = p
    for i, s in enumerate(sents):
        out.append([TAGS[t] for a in range(0, len(s), 200) for t in res[(i, a)]])
    return out


def head_potentials(h):
    return lambda em, tr: (em[:, :, h], tr[h])


SERVED = (0.55, 0.25, 0.5)


def blend(em, tr, share=SERVED):
    """What is served: head 3 with shares of heads 0 and 1; the third share is head 0's in MISC.
    em: ..., heads, K; tr: heads, K + 1, K"""
    nat = NAT
    # only differences to O count, which makes the heads' emissions comparable
    e = em - em[..., :1]
    e0, e1, e3 = e[..., 0, :].clone(), e[..., 1, :], e[..., BOTH, :]
    # to head 0 a nationality is an O
    e0[..., nat] = 0
    t0, t1, t3 = tr[0].clone(), tr[1], tr[BOTH]
    t0[:, nat] = t0[:, :1].clone()
    t0[nat, :] = t0[:1, :].clone()
    t0[:, nat[1]] = t0[:, 0].clone()
    a, b, c = share
    e, t = a * e0 + b * e1 + (1 - a - b) * e3, a * t0 + b * t1 + (1 - a - b) * t3
    e[..., MISC] = c * e0[..., MISC] + (1 - c) * e[..., MISC]
    t[:, MISC] = c * t0[:, MISC] + (1 - c) * t[:, MISC]
    return e, t


def blend_potentials(*share):
    return lambda em, tr: blend(em, tr, share)


def evaluate(model, types, S, potentials, kinds):
    P = decode(model, types, [s[0] for s in S], [s[1] for s in S], potentials)
    n = {k: [0, 0, 0] for k in kinds + ["ALL"]}
    for (_, _, _, pos, gold), p in zip(S, P):
        g = {c for c in chunks(gold) if c[2] in kinds}
        q = {(pos[a], pos[b - 1] + 1, y) for a, b, y in chunks(p) if y in kinds}
        for s, i in ((g & q, 0), (q, 1), (g, 2)):
            for c in s:
                n[c[2]][i] += 1
                n["ALL"][i] += 1
    return {k: 200.0 * t / max(1, p + g) for k, (t, p, g) in n.items()}


def fmt(f):
    return "%.2f (" % f["ALL"] + " ".join("%s %.1f" % (k, v) for k, v in f.items() if k != "ALL") + ")"


def report(model, types, dev, label, full=False):
    old = ["PER", "LOC", "ORG", "MISC"]
    ways = [("served", blend_potentials(*SERVED))]
    if full:
        ways += [("0", head_potentials(0)), ("1", head_potentials(1)), ("both", head_potentials(BOTH))]
    for w, p in ways:
        s = "%s %s:" % (label, w)
        for name, S in dev.items():
            s += " %s %s" % (name, fmt(evaluate(model, types, S, p, TYPES if HEAD_OF.get(name) == 1 else old)))
        if dev:
            print(s, flush=True)


def rate(done, step):
    return min(1, (step + 1) / 100) * (0.5 * (1 + math.cos(math.pi * done)) * 0.97 + 0.03)


def expected(em, tr, mask, bad):
    """the model's own marginals and counts of transitions where bad rules tags out (-1e4, else 0)"""
    return crf_sums(em.detach().numpy() + bad, tr.detach().numpy(), mask)[:2]


def gold_loss(model, types, ex, o, rng):
    gaz = [None if o.gdrop and rng.random() < o.gdrop else e[1] for e in ex]
    x, f, m = tt.batch(types, [e[0] for e in ex], gaz)
    em = model(x, types, f, m, drop=o.drop, wdrop=o.wdrop)
    head = np.array([e[3] for e in ex])
    loss = 0.0
    for h in range(HEADS):
        at = np.nonzero(head == h)[0]
        if not len(at):
            continue
        q = np.zeros((len(at), x.shape[1], K), np.float32)
        pair = np.zeros((K + 1, K), np.float32)
        for r, i in enumerate(at):
            t = ex[i][2]
            q[r, np.arange(len(t)), t] = 1
            np.add.at(pair, (np.concatenate([[K], t[:-1]]), t), 1)
        loss = loss + ChainLoss.apply(em[torch.from_numpy(at), :, h], model.heads.tr[h], m.numpy()[at], q, pair)
        if h == 2:
            continue
        if h == 1 and o.cross:
            e0, t0 = em[torch.from_numpy(at), :, 0], model.heads.tr[0]
            bad = np.zeros((len(at), x.shape[1], K), np.float32)
            for r, i in enumerate(at):
                bad[r, :len(ex[i][2])] = np.where(ALLOWED[ex[i][2]], 0, -1e4)
            loss = loss + o.cross * ChainLoss.apply(e0, t0, m.numpy()[at], *expected(e0, t0, m.numpy()[at], bad))
        e3, t3 = em[torch.from_numpy(at), :, BOTH], model.heads.tr[BOTH]
        if h == 0:
            # the sentences' tags are not all known: the model's own expectations among those allowed
            bad = (1 - q) * -1e4
            bad[:, :, NAT] = np.where(q[:, :, :1] > 0, 0, bad[:, :, NAT])
            bad[~m.numpy()[at]] = 0
            q, pair = expected(e3, t3, m.numpy()[at], bad)
        loss = loss + ChainLoss.apply(e3, t3, m.numpy()[at], q, pair)
    return 0.6 * loss / m.sum()


def soft_loss(model, types, ex, o):
    x, f, m = tt.batch(types, [e[0] for e in ex], [e[1] for e in ex])
    em = model(x, types, f, m, drop=o.soft_drop)
    loss = 0.0
    for k, h in enumerate(SOFT_HEADS):
        q = np.zeros(x.shape + (K,), np.float32)
        for i, e in enumerate(ex):
            q[i, :len(e[0])] = e[2][k]
        loss = loss + ChainLoss.apply(em[:, :, h], model.heads.tr[h], m.numpy(), q, None)
    return loss / len(SOFT_HEADS) / m.sum()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("work")
    ap.add_argument("name")
    ap.add_argument("--init", default="", help="a pre-trained encoder")
    ap.add_argument("--start", default="", help="go on from a trained model")
    ap.add_argument("--own", type=int, default=0, help="so many words get a trained vector beside the fixed one")
    ap.add_argument("--soft", default="")
    ap.add_argument("--soft-passes", type=float, default=1.0, help="over the soft text, in all epochs together")
    ap.add_argument("--soft-weight", type=float, default=1.0)
    ap.add_argument("--soft-drop", type=float, default=0.1)
    ap.add_argument("--swap", type=float, default=0.3, help="share of names that are swapped")
    ap.add_argument("--epochs", type=int, default=12)
    ap.add_argument("--lr", type=float, default=2e-3)
    ap.add_argument("--own-lr", type=float, default=0.5, help="of the words' own vectors, as a share of --lr")
    ap.add_argument("--drop", type=float, default=0.35)
    ap.add_argument("--wdrop", type=float, default=0.05)
    ap.add_argument("--gdrop", type=float, default=0.1)
    ap.add_argument("--batch", type=int, default=1500)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--quant", type=int, default=0, help="last epochs with imitated quantisation")
    ap.add_argument("--mod-part", type=float, default=1.0)
    ap.add_argument("--aner-part", type=float, default=1.0)
    ap.add_argument("--news-part", type=float, default=1.0)
    ap.add_argument("--cross", type=float, default=0.3, help="weight of what our tags rule out for ANERcorp's head")
    ap.add_argument("--every", type=int, default=4)
    o = ap.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(o.seed)
    Dropout.seed(o.seed)
    rng = np.random.default_rng(o.seed)

    types = pickle.load(open(o.work + "/types.pkl", "rb"))
    kind, source = ("/m_", o.start) if o.start else ("/p_", o.init)
    cfg, sd = torch.load(o.work + kind + source + ".pt")
    if o.own:
        cfg = dict(cfg, own=o.own)
    model = Model(load_vectors(o.work), cfg)
    # vectors of the words' own begin at zero
    (model if o.start else model.enc).load_state_dict(sd, strict=not o.own)
    train, dev = load_data(o.work, o.mod_part, o.aner_part, o.news_part)
    swaps = Swaps(train, pickle.load(open(o.work + "/names.pkl", "rb")), rng)
    soft = [x for name in o.soft.split(",") if name for x in pickle.load(open(o.work + "/" + name, "rb"))]
    turn = rng.permutation(len(soft))
    print(vars(o), cfg, "examples", len(train), "soft", len(soft), flush=True)

    own = []
    if model.enc.own is not None:
        model.enc.own.sparse = True
        own = [model.enc.own.weight]
    params = [p for p in model.parameters() if not any(p is q for q in own)]
    opt = [torch.optim.AdamW(params, lr=o.lr, weight_decay=0.01)]
    if own:
        opt.append(torch.optim.SparseAdam(own, lr=o.lr))
    ema = {k: v.clone() for k, v in model.state_dict().items()}
    step = at = 0
    t0 = time.time()
    for ep in range(o.epochs):
        model.train()
        model.enc.set_quant(ep >= o.epochs - o.quant)
        ex = [swaps.apply(e, o.swap) if o.swap and rng.random() < 0.7 else e for e in train]
        work = [(True, [ex[i] for i in b]) for b in tt.batches([len(e[0]) for e in ex], o.batch, rng)]
        n = int(len(soft) * o.soft_passes / o.epochs)
        if n:
            part = [soft[turn[i % len(soft)]] for i in range(at, at + n)]
            at += n
            work += [(False, [part[i] for i in b]) for b in tt.batches([len(e[0]) for e in part], 2 * o.batch, rng)]
        sums = {True: [0.0, 0], False: [0.0, 0]}
        for k, i in enumerate(rng.permutation(len(work))):
            gold, b = work[i]
            r = rate((ep + k / len(work)) / o.epochs, step)
            opt[0].param_groups[0]["lr"] = o.lr * r
            if own:
                opt[1].param_groups[0]["lr"] = o.lr * o.own_lr * r
            loss = gold_loss(model, types, b, o, rng) if gold else soft_loss(model, types, b, o)
            sums[gold][0] += float(loss)
            sums[gold][1] += 1
            for p in opt:
                p.zero_grad(set_to_none=True)
            (loss if gold else loss * o.soft_weight).backward()
            nn.utils.clip_grad_norm_(params, 2.0)
            for p in opt:
                p.step()
            step += 1
            if step % 4 == 0:
                d = min(0.992, (step + 4) / (step + 80))
                with torch.no_grad():
                    for key, v in model.state_dict().items():
                        ema[key].mul_(d).add_(v, alpha=1 - d)
        print("%s epoch %d %s %.0fs" % (o.name, ep + 1, " ".join("%s %.4f" % ("gold" if k else "soft", s / c)
              for k, (s, c) in sums.items() if c), time.time() - t0), flush=True)
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
