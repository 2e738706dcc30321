#!/usr/bin/env python3
"""The tagger in C and the network in PyTorch agree.

agree.py FEATURES MODEL
FEATURES is the program of `make features`, MODEL the file of weights that is linked into it.
The weights of the file are put into the trainer's own network (src/train/tagger_net.py, imitated
quantisation, exact products), which then tags the sentences below from the same tokens.  Tags must
be the same, probabilities nearly so: the C code rounds after every layer where PyTorch does not.
"""
import os
import subprocess
import sys

import numpy as np
import torch
import torch.nn as nn

top = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, top + "/src/train")

import tagger_text as tt                                                    # noqa: E402
from export import CODES, FIELDS, LAYERS, MAGIC, fnv                        # noqa: E402
from tagger_net import (ACT_STEP, FILTERS, K, NFEAT, WORD_STEP, Encoder, Linear, crf_decode, crf_sums)   # noqa: E402

TEXTS = [
    "قال وزير الخارجية الأردني سامي الحلبي إن بلاده ستشارك في اجتماع الأمم المتحدة في جنيف.",
    "زار وفد من وزارة الصحة المصرية مدينة الإسكندرية، والتقى محافظها ليلى منصور.",
    "فاز الفريق الياباني على نظيره البرازيلي ٣-١ في طوكيو #كأس_القارات https://example.org/a",
    "أعلنت شركة \"النسيم الأزرق\" للطيران، ومقرها الدار البيضاء، تسيير ١٢ رحلة أسبوعيا إلى باريس ولندن.",
    "وصل الرئيس التونسي إلى الجزائر العاصمة أمس، حيث استقبله نظيره الجزائري في المطار.",
    "وللمستشفياتهم بالقسطنطينيتين فبالمستعمراتكما Ångström 1,250.5 (CNN) user@example.org @someone 😀",
    "كتب المراسل من غزة: «لم تصل المساعدات بعد»، وأضاف أن منظمة الصحة العالمية تنتظر إذنا.",
    "التقت المستشارة الألمانية نظيرها الفرنسي في برلين، وبحثا مع رئيس المفوضية الأوروبية ملف الطاقة.",
    "سجل لاعب الهلال سالم القحطاني هدفين في مرمى النصر على ملعب الملك فهد الدولي بالرياض.",
    "x",
    "؟",
    " ".join(["سافر أحمد منصور من دمشق إلى حلب ثم عاد"] * 15),
]


class Weights:
    """the file, by the names of its header (src/core/na_tagger_model.h)"""

    def __init__(self, path):
        raw = np.fromfile(path, np.uint8)
        head = raw[:32].view(np.uint32)
        assert head[0] == MAGIC
        self.nwords, self.dim, self.hidden, self.nlayers, self.nchars = (int(x) for x in head[3:8])
        at = dict(zip(FIELDS, (int(x) for x in raw[32:32 + 4 * len(FIELDS)].view(np.uint32))))
        D, H, F = self.dim, self.hidden, FILTERS

        def get(o, kind, *shape):
            n = int(np.prod(shape)) * np.dtype(kind).itemsize
            return raw[o:o + n].view(kind).reshape(shape)

        for name, kind, shape in (
                ("bucket", np.uint32, (65537,)), ("print", np.uint32, (self.nwords,)),
                ("table", np.int8, (self.nwords, D)), ("code", np.uint8, (CODES,)),
                ("conv3", np.int16, (3, self.nchars, F)), ("conv5", np.int16, (5, self.nchars, F)),
                ("convbias", np.int32, (2 * F,)), ("charout", np.int16, (D, 2 * F)), ("charbias", np.int32, (D,)),
                ("inweight", np.int16, (D // 2, H, 2)), ("inbias", np.int32, (H,)), ("inscale", np.float32, (H,)),
                ("feature", np.int32, (NFEAT, H)), ("ingamma", np.int32, (H,)), ("inbeta", np.int32, (H,)),
                ("out", np.int16, (K, H)), ("outbias", np.int32, (K,)), ("tr", np.int32, (K + 1, K))):
            setattr(self, name, get(at[name], kind, *shape))
        self.layers = []
        o = 32 + 4 * len(FIELDS)
        for x in raw[o:o + LAYERS * 24].view(np.uint32).reshape(LAYERS, 6)[:self.nlayers]:
            w, b, s, g, be, d = (int(v) for v in x)
            pack = get(w, np.int8, 2 * H // 64, 3 * H // 4, 64, 4).astype(np.float64)
            self.layers.append((pack.transpose(0, 2, 1, 3).reshape(2 * H, 3 * H), get(b, np.int32, 2 * H),
                                get(s, np.float32, 2 * H), get(g, np.int32, H), get(be, np.int32, H), d))

    def row(self, word):
        """1 + the row of a word, 0 = not there"""
        h = fnv(word)
        b = h & 0xFFFF
        for i in range(self.bucket[b], self.bucket[b + 1]):
            if self.print[i] == h >> 32:
                return i + 1
        return 0


class FileIndex(dict):
    """the trainer looks words up by spelling; the file only knows their hashes"""

    def __init__(self, weights):
        super().__init__()
        self.weights = weights

    def get(self, word, default=0):
        return self.weights.row(word) or default


def number(a):
    return torch.from_numpy(np.asarray(a, np.float64)).float()


def encoder(w, types, forms):
    """the trainer's network with the weights of the file; a row of vectors for every type"""
    e = Encoder(torch.zeros(len(types.key), w.dim), w.nchars, w.hidden, [x[5] for x in w.layers], w.dim)
    e.char.emb = nn.Embedding(w.nchars, w.nchars)
    e.char.emb.weight.data = torch.eye(w.nchars)
    e.char.emb.weight.data[0] = 0
    for name, conv, n in (("c3", w.conv3, 3), ("c5", w.conv5, 5)):
        lin = Linear(n * w.nchars, FILTERS, bias=False)
        lin.weight.data = number(conv.astype(np.float64) / 256).permute(2, 0, 1).reshape(FILTERS, -1)
        setattr(e.char, name, lin)
    e.char.bias.data = number(w.convbias / 256.0)
    e.char.out.weight.data = number(w.charout / 1024.0)
    e.char.out.bias.data = number(w.charbias / float(1 << 18))
    e.proj.weight.data = torch.eye(w.dim)
    s = w.inscale / 1024.0                      # step of the sums of the input layer
    e.inp.weight.data = number(w.inweight.transpose(1, 0, 2).reshape(w.hidden, w.dim) * (s * WORD_STEP)[:, None])
    e.inp.bias.data = number(w.inbias * s)
    e.feat.data = number(w.feature * s)
    e.ln0.weight.data, e.ln0.bias.data = number(w.ingamma / 1024.0), number(w.inbeta / float(1 << 20))
    for conv, ln, (q, b, sc, g, be, _) in zip(e.conv, e.ln, w.layers):
        s = sc / 1024.0
        conv.weight.data = number(q * (s * ACT_STEP)[:, None])
        conv.bias.data = number((b + 64 * q.sum(1)) * s)
        ln.weight.data, ln.bias.data = number(g / 1024.0), number(be / float(1 << 20))
    e.set_quant(True)
    e = e.eval()
    # the table holds finished vectors: what its characters give is taken off, and comes back in words()
    with torch.no_grad():
        rows = torch.cat([torch.zeros(1, w.dim), number(w.table / WORD_STEP)])
        e.vec = rows[types.row]
        known = (types.row > 0).float()[:, None]
        e.vec -= known * e.char(forms.long())
    return e


def chars_of(word):
    c = [2] + [tt.CHAR_ID.get(x, 1) for x in word[:tt.NCHARS - 2]] + [3]
    return c + [0] * (tt.NCHARS - len(c))


def main():
    program, path = sys.argv[1:3]
    torch.set_num_threads(1)
    # the products of the trainer are rounded to bfloat16 for speed; here they are exact
    Linear.exact = True
    w = Weights(path)
    types = tt.Types([], w.nwords)
    types.index = FileIndex(w)
    got = subprocess.run([program, "-t"], input="\n".join(TEXTS) + "\n", capture_output=True, text=True, check=True)
    lines, cur = [], []
    for line in got.stdout.split("\n"):
        if line == "==":
            lines.append(cur)
            cur = []
        elif line:
            kind, key, spell, gaz, _, _, tag, *marg = line.split("\t")
            cur.append((types.add(tt.KINDS[int(kind)], key, int(spell, 16)), int(gaz, 16), int(tag),
                        [int(m) / 65535.0 for m in marg]))
    types.freeze()
    forms = []
    for key, row in zip(types.key, types.row):
        f = key
        if row and not w.row(key):
            f = next(x for x in tt.fallbacks(key) if w.row(x) == row)
        forms.append(chars_of(f))
    e = encoder(w, types, torch.tensor(forms))
    # a row of its own for every type
    types.row = torch.arange(len(types.key))
    out, bias = torch.from_numpy(w.out / 256.0).float(), torch.from_numpy(w.outbias / 65536.0).float()
    tr = torch.from_numpy(w.tr / 256.0).float()
    failed = 0
    for n, (text, line) in enumerate(zip(TEXTS, lines)):
        ids, gaz = np.array([x[0] for x in line]), np.array([x[1] for x in line], np.uint32)
        x, f, m = tt.batch(types, [ids], [gaz])
        with torch.no_grad():
            h = torch.clamp(e(x, types, f, m), -4, 4)
            em = h @ out.t() + bias
        tags = crf_decode(em, tr, m)[0]
        marg = crf_sums(em.numpy(), tr.numpy(), m.numpy())[0][0]
        far = np.abs(marg - np.array([x[3] for x in line]))
        # where two tags are nearly even, rounding may decide
        same = all(a == x[2] for a, x in zip(tags, line) if x[3][x[2]] > 0.7)
        ok = same and far.max() < 0.15 and far.mean() < 0.005
        failed += not ok
        print("%s text %d: %d tokens, tags %s, probabilities differ by %.4f at most, %.5f in the mean"
              % ("ok" if ok else "not ok", n, len(line), "same" if same else "differ", far.max(), far.mean()))
    # the test sees a difference: another weight, other numbers
    with torch.no_grad():
        e.conv[0].weight.data[:8] *= -1
        h = torch.clamp(e(x, types, f, m), -4, 4)
        moved = np.abs(crf_sums((h @ out.t() + bias).numpy(), tr.numpy(), m.numpy())[0][0] - marg).max()
    failed += not moved > 0.001
    print("%s changed weights change probabilities" % ("ok" if moved > 0.001 else "not ok"))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
