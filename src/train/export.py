#!/usr/bin/env python3
"""Write a trained model as data/model/tagger.bin (layout: src/core/na_tagger_model.h).

export.py WORK NAME OUT [--share A,B,C] [--temperature T] [--table FILE]
--share: shares of heads in what is served, see blend() in train.py
--temperature: potentials are divided by it (calibrate.py); the best tags stay the same
--table: the written model that training went on from; its words are taken over
"""
import argparse
import struct

import numpy as np
import torch

import tagger_text as tt
from tagger_net import ACT_STEP, CHAR_DIM, FILTERS, K, WORD_STEP, Linear
from train import SERVED, blend, load_model

CODES = 0x700
MAGIC = 0x3154414E
VERSION = 2
LAYERS = 8
LAYER_BYTES = 32
SLICE = 16  # outputs whose weights lie together
LANE = 511  # what the weights of one 16-bit sum may amount to (src/core/na_tagger_model.h)


def fnv(word):
    x = 0xCBF29CE484222325
    for b in word.encode():
        x = ((x ^ b) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return x ^ (x >> 29)


def serve(model, share, temperature):
    """weights, bias, transitions of what is served: the mixture is linear, so it is one head"""
    w = model.heads.out.weight.detach().reshape(-1, K, model.heads.out.in_features)
    b = model.heads.out.bias.detach().reshape(-1, K)
    e, t = blend(torch.cat([w, b[:, :, None]], 2).permute(2, 0, 1), model.heads.tr.detach(), share)
    e = (e / temperature).T.numpy()
    return e[:, :-1], e[:, -1], t.numpy() / temperature


def quant_rows(w):
    s = np.abs(w).max(1, keepdims=True).clip(1e-6) / 127
    return np.round(w / s).astype(np.int32), s[:, 0]


def lanes(q):
    """the weights of one 16-bit sum: of 16 inputs those at places 0 and 1, or 2 and 3, of every four"""
    return q.reshape(len(q), -1, 4, 2, 2).transpose(0, 1, 3, 2, 4).reshape(len(q), -1, 2, 8)


def quant_layer(w):
    """quant_rows(); a row whose weights would leave 16 bits gets a wider step"""
    q, s = quant_rows(w)
    while (over := np.abs(lanes(q)).sum(-1).max((1, 2))).max() > LANE:
        # rounding may bring it back: somewhat more than is needed
        s = np.where(over > LANE, s * over / (LANE - 2), s)
        q = np.round(w / s[:, None]).astype(np.int32)
    return q, s


def floats(p):
    return p.detach().numpy().astype(np.float64)


def word_arrays(model, words):
    """the part of the file that depends on words alone"""
    e, g = model.enc, floats
    out = {}
    with torch.no_grad():
        tab = tt.Types(words)
        for w in words:
            tab.add("word", w, 0)
        tab.freeze()
        x = np.concatenate([e.words(torch.arange(i + 1, min(i + 4096, len(words)) + 1),
                                    tab.chars[i:i + 4096].long()).numpy() for i in range(0, len(words), 4096)])
    h = np.array([fnv(w) for w in words], dtype=np.uint64)
    b = (h & np.uint64(0xFFFF)).astype(np.int64)
    order = np.argsort(b, kind="stable")
    out["bucket"] = np.searchsorted(b[order], np.arange(65537)).astype(np.uint32)
    out["print"] = (h[order] >> np.uint64(32)).astype(np.uint32)
    out["table"] = np.clip(np.round(x[order] * WORD_STEP), -127, 127).astype(np.int8)
    code = np.ones(CODES, np.uint8)
    for c, i in tt.CHAR_ID.items():
        code[ord(c)] = i
    out["code"] = code
    emb = g(e.char.emb.weight)
    emb[0] = 0
    for name, lin, n in (("conv3", e.char.c3, 3), ("conv5", e.char.c5, 5)):
        w = g(lin.weight).reshape(FILTERS, n, CHAR_DIM)
        out[name] = np.clip(np.round(256 * np.einsum("ftd,cd->tcf", w, emb)), -32767, 32767).astype(np.int16)
    out["convbias"] = np.round(256 * g(e.char.bias)).astype(np.int32)
    out["charout"] = np.clip(np.round(1024 * g(e.char.out.weight)), -4095, 4095).astype(np.int16)
    out["charbias"] = np.round((1 << 18) * g(e.char.out.bias)).astype(np.int32)
    return out


def pack_layer(q, bias):
    """weights (2H x 3H) and bias as the kernels read them"""
    n, k = q.shape
    centre = -64 * lanes(q).sum(-1)                        # 2H x 3H / 16 x 2
    return dict(weight=q.reshape(n // SLICE, SLICE, k // 4, 4).transpose(0, 2, 1, 3).astype(np.int8),
                centre=centre.reshape(n // SLICE, SLICE, k // 16, 2).transpose(0, 2, 1, 3).astype(np.int16),
                bias=bias.astype(np.int32), lowered=(bias - 64 * q.sum(1)).astype(np.int32))


def quantise(model, words, share, temperature):
    """all arrays of the file, by the header's field names; layers as a list.
    words: of the table, or the arrays of a written model whose word vectors were kept"""
    e, g = model.enc, floats
    H = e.cfg["hidden"]
    out = dict(words) if isinstance(words, dict) else word_arrays(model, words)
    if isinstance(words, dict) and e.own is not None:
        # what was learned beside the vectors that were taken over
        own = np.round(g(e.own.weight)[1:] * WORD_STEP)
        out["table"] = np.clip(out["table"] + own, -127, 127).astype(np.int8)
    q, s = quant_rows(g(e.inp.weight))                     # H x D
    s = s / WORD_STEP
    D = q.shape[1]
    out["inweight"] = np.ascontiguousarray(q.reshape(H, D // 2, 2).transpose(1, 0, 2)).astype(np.int16)
    out["inbias"] = np.round(g(e.inp.bias) / s).astype(np.int32)
    out["inscale"] = (s * 1024).astype(np.float32)
    out["feature"] = np.round(g(e.feat) / s).astype(np.int32)
    out["ingamma"] = np.round(1024 * g(e.ln0.weight)).astype(np.int32)
    out["inbeta"] = np.round((1 << 20) * g(e.ln0.bias)).astype(np.int32)
    w, bias, tr = serve(model, share, temperature)
    out["out"] = np.clip(np.round(256 * w), -2047, 2047).astype(np.int16)
    out["outbias"] = np.round(65536 * bias).astype(np.int32)
    tr = np.clip(tr, -30, 30)
    out["tr"] = np.round(256 * tr).astype(np.int32)
    ex = np.zeros((K + 1, 16), np.float32)
    ex[:, :K] = np.exp(out["tr"] / 256.0)
    out["exptr"] = ex
    out["exphi"] = np.exp(-np.arange(32.0)).astype(np.float32)
    out["explo"] = np.exp(-np.arange(256) / 256.0).astype(np.float32)
    layers = []
    for conv, ln, d in zip(e.conv, e.ln, e.cfg["dilations"]):
        q, s = quant_layer(g(conv.weight))                 # 2H x 3H
        s = s / ACT_STEP
        layers.append(dict(pack_layer(q, np.round(g(conv.bias) / s)),
                           scale=(s * 1024).astype(np.float32),
                           gamma=np.round(1024 * g(ln.weight)).astype(np.int32),
                           beta=np.round((1 << 20) * g(ln.bias)).astype(np.int32), dilation=d))
    return out, layers


# of the file: what depends on words alone
WORD_FIELDS = ["bucket", "print", "table", "code", "conv3", "conv5", "convbias", "charout", "charbias"]
FIELDS = WORD_FIELDS + ["inweight", "inbias", "inscale", "feature", "ingamma", "inbeta", "out", "outbias", "tr",
          "exptr", "exphi", "explo"]
LAYER_FIELDS = ["weight", "centre", "bias", "lowered", "scale", "gamma", "beta"]


def write(path, arrays, layers, dim, hidden):
    head = 4 * (8 + len(FIELDS)) + LAYERS * LAYER_BYTES
    pos = (head + 63) // 64 * 64
    parts, offs = [], {}

    def put(a):
        nonlocal pos
        at = pos
        raw = a.tobytes()
        parts.append((at, raw))
        pos = (at + len(raw) + 63) // 64 * 64
        return at

    for f in FIELDS:
        offs[f] = put(arrays[f])
    lay = b""
    for la in layers:
        lay += struct.pack("<8I", *[put(la[k]) for k in LAYER_FIELDS], la["dilation"])
    lay += b"\0" * (LAYERS * LAYER_BYTES - len(lay))
    buf = bytearray(pos)
    struct.pack_into("<8I", buf, 0, MAGIC, VERSION, pos, len(arrays["print"]), dim, hidden, len(layers),
                     arrays["conv3"].shape[1])
    struct.pack_into("<%dI" % len(FIELDS), buf, 32, *[offs[f] for f in FIELDS])
    buf[32 + 4 * len(FIELDS):32 + 4 * len(FIELDS) + len(lay)] = lay
    for at, raw in parts:
        buf[at:at + len(raw)] = raw
    with open(path, "wb") as f:
        f.write(buf)
    print(path, pos, "bytes")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("work")
    ap.add_argument("name")
    ap.add_argument("out")
    ap.add_argument("--share", default=",".join(map(str, SERVED)))
    ap.add_argument("--temperature", type=float, default=1.0)
    ap.add_argument("--table", default="")
    o = ap.parse_args()
    torch.set_num_threads(1)
    Linear.exact = True
    model = load_model(o.work, o.name)
    if o.table:
        from tagger_file import Weights
        w = Weights(o.table)
        words = {k: getattr(w, k) for k in WORD_FIELDS}
    else:
        n, words = tt.load_words(o.work)
        words = words[:n]
    arrays, layers = quantise(model, words, [float(a) for a in o.share.split(",")], o.temperature)
    write(o.out, arrays, layers, model.enc.cfg["dim"], model.enc.cfg["hidden"])


if __name__ == "__main__":
    main()
