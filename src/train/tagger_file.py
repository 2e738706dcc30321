"""A written model (data/model/tagger.bin) as the trainer's own network.

The file holds integers (src/core/na_tagger_model.h); the network made of it gives the C code's
results but for roundings.
"""
import numpy as np
import torch
import torch.nn as nn

import tagger_text as tt
from export import CODES, FIELDS, LAYER_BYTES, LAYERS, MAGIC, SLICE, VERSION, fnv
from tagger_net import ACT_STEP, FILTERS, K, NFEAT, WORD_STEP, Encoder, Heads, Linear


class Weights:
    """the file, by the names of its header (src/core/na_tagger_model.h)"""

    def __init__(self, path):
        raw = np.fromfile(path, np.uint8)
        head = raw[:32].view(np.uint32)
        assert head[0] == MAGIC and head[1] == VERSION
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
        for x in raw[o:o + LAYERS * LAYER_BYTES].view(np.uint32).reshape(LAYERS, -1)[:self.nlayers]:
            w, _, b, _, s, g, be, d = (int(v) for v in x)
            pack = get(w, np.int8, 2 * H // SLICE, 3 * H // 4, SLICE, 4).astype(np.float64)
            self.layers.append((pack.transpose(0, 2, 1, 3).reshape(2 * H, 3 * H), get(b, np.int32, 2 * H),
                                get(s, np.float32, 2 * H), get(g, np.int32, H), get(be, np.int32, H), d))


class FileIndex(dict):
    """the trainer looks words up by spelling; the file only knows their hashes"""

    def __init__(self, weights):
        super().__init__()
        self.bucket, self.print = weights.bucket.copy(), weights.print.copy()

    def get(self, word, default=0):
        """1 + the row of a word"""
        h = fnv(word)
        b = h & 0xFFFF
        for i in range(self.bucket[b], self.bucket[b + 1]):
            if self.print[i] == h >> 32:
                return i + 1
        return default

    def __len__(self):
        return len(self.print)


def file_types(w):
    """an empty set of types that are looked up in the file's table"""
    types = tt.Types([], w.nwords)
    types.index = FileIndex(w)
    return types


def number(a):
    return torch.from_numpy(np.asarray(a, np.float64)).float()


def put_layers(e, w):
    """what stands behind the word vectors, into an encoder"""
    s = w.inscale / 1024.0                      # step of the sums of the input layer
    e.inp.weight.data = number(w.inweight.transpose(1, 0, 2).reshape(w.hidden, w.dim) * (s * WORD_STEP)[:, None])
    e.inp.bias.data = number(w.inbias * s)
    e.feat.data = number(w.feature * s)
    e.ln0.weight.data, e.ln0.bias.data = number(w.ingamma / 1024.0), number(w.inbeta / float(1 << 20))
    for conv, ln, (q, b, sc, g, be, _) in zip(e.conv, e.ln, w.layers):
        s = sc / 1024.0
        conv.weight.data = number(q * (s * ACT_STEP)[:, None])
        conv.bias.data = number(b * s)
        ln.weight.data, ln.bias.data = number(g / 1024.0), number(be / float(1 << 20))


def shape(w):
    return dict(nchars=w.nchars, hidden=w.hidden, dilations=[x[5] for x in w.layers], dim=w.dim)


def encoder(w, types):
    """the trainer's network with the weights of the file; a row of vectors for every type, and
    types.row is changed to say so"""
    e = Encoder(torch.zeros(len(types.key), w.dim), **shape(w))
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
    put_layers(e, w)
    e.set_quant(True)
    e = e.eval()
    # the table holds finished vectors: what its characters give is taken off, and comes back in words()
    with torch.no_grad():
        rows = torch.cat([torch.zeros(1, w.dim), number(w.table / WORD_STEP)])
        e.vec = rows[types.row]
        for a in range(0, len(types.key), 4096):
            forms = []
            for key, row in zip(types.key[a:a + 4096], types.row[a:a + 4096].tolist()):
                if row and types.index.get(key, 0) != row:
                    key = next(x for x in tt.fallbacks(key) if types.index.get(x, 0) == row)
                forms.append(tt.chars_of(key))
            known = (types.row[a:a + 4096] > 0).float()[:, None]
            e.vec[a:a + 4096] -= known * e.char(torch.tensor(forms))
    types.row = torch.arange(len(types.key))
    return e


def as_model(w, temperature, heads=4):
    """(configuration, state) of the trainer's model with fixed word vectors (steps of the file);
    every head begins as the file's one"""
    cfg = dict(shape(w), fixed=True)
    e = Encoder(torch.zeros(1, w.dim), **cfg)
    put_layers(e, w)
    h = Heads(w.hidden, heads)
    h.out.weight.data = torch.from_numpy(w.out / 256.0).float().repeat(heads, 1) * temperature
    h.out.bias.data = torch.from_numpy(w.outbias / 65536.0).float().repeat(heads) * temperature
    h.tr.data = torch.from_numpy(w.tr / 256.0).float().repeat(heads, 1, 1) * temperature
    state = {"enc." + k: v for k, v in e.state_dict().items()}
    state.update(("heads." + k, v) for k, v in h.state_dict().items())
    return cfg, state


def word_vectors(w, types):
    """finished vectors of all types, in the file's steps, as the C code has them"""
    row = types.row
    e = encoder(w, types)
    out = np.zeros((len(row), w.dim), np.int8)
    with torch.no_grad():
        for a in range(0, len(row), 4096):
            v = e.words(types.row[a:a + 4096], types.chars[a:a + 4096].long())
            out[a:a + 4096] = torch.clamp(torch.round(v * WORD_STEP), -127, 127).numpy()
    types.row = row
    return out
