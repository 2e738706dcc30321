"""Tokens as the trainer holds them.

A token is (type, gazetteer flags).  A type is what the scanner says of a word
by itself: kind, key, flags of the spelling.  The binary features of a token
are 64 bits: 0-31 from the type, 32-63 the gazetteer's (na_tagger.h).
"""
import numpy as np
import torch

KINDS = ["", "word", "latin", "number", "abbr", "url", "email", "hashtag", "mention", "emoji",
         "quote", "punct", "symbol", "newline", "tag", "other"]   # na_kind
KIND_ID = {k: i for i, k in enumerate(KINDS)}
# bit 16 + i of the features: spelling flags (as in NA_TF_*)
SPELL = ["teh", "maqsura", "hamza_up", "hamza_low", "madda", "tanwin", "marks", "upper"]
LENGTHS = [1, 2, 3, 5, 7, 1 << 30]      # bits 24..29: letters in the key
NCHARS = 18                             # characters the CNN sees, ^ and $ included

PROCLITICS = ["وبال", "وكال", "فبال", "ولل", "وال", "بال", "كال", "فال", "لل", "ال", "وب", "ول",
              "وك", "و", "ب", "ل", "ك", "ف", "س"]
SUFFIXES = ["هما", "كما", "ها", "هم", "نا", "ات", "ين", "ون", "يه", "ه", "ي", "ا"]
# 0 padding, 1 unknown, 2 ^, 3 $
ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءabcdefghijklmnopqrstuvwxyz0.-_'"
CHAR_ID = {c: i + 4 for i, c in enumerate(ALPHABET)}
NALPHA = len(ALPHABET) + 4


def table_key(kind, key):
    """the word under which the table is searched"""
    if kind in ("url", "email", "mention"):
        return "<" + kind + ">"
    if kind == "quote":
        return '"'
    if kind == "number":
        return "".join("0" if c.isdigit() else c for c in key if c != ",")
    if kind == "punct" and len(key) > 1:
        return key[0]
    return "".join("0" if c.isdigit() else c for c in key)


def fallbacks(w):
    for p in PROCLITICS:
        if w.startswith(p) and len(w) - len(p) >= 3:
            s = w[len(p):]
            yield s
            if p.endswith("ال") or p.endswith("لل"):
                yield "ال" + s
    yield "ال" + w
    for s in SUFFIXES:
        if w.endswith(s) and len(w) - len(s) >= 3:
            yield w[:-len(s)]


def load_words(work):
    """how many words the model's table has, and all words that have a vector"""
    w = open(work + "/words.txt", encoding="utf-8").read().split("\n")[:-1]
    return int(w[0]), w[1:]


def chars_of(word):
    """what the character CNN sees: numbers of characters, filled up"""
    c = [2] + [CHAR_ID.get(x, 1) for x in word[:NCHARS - 2]] + [3]
    return c + [0] * (NCHARS - len(c))


class Types:
    def __init__(self, words, table=None):
        """words: row i + 1 of the vectors; the model's table has the first `table` of them"""
        self.index = {w: i + 1 for i, w in enumerate(words)}
        self.table = len(words) if table is None else table
        self.id = {}
        self.key, self._row, self._big, self._exact, self._mask, self._chars = [], [], [], [], [], []

    def find(self, w, limit):
        """the row of a word or of its nearest form, 0 = none"""
        r = self.index.get(w, 0)
        if 0 < r <= limit:
            return r
        for f in fallbacks(w):
            r = self.index.get(f, 0)
            if 0 < r <= limit:
                return r
        return 0

    def add(self, kind, key, spell):
        t = (kind, key, spell)
        i = self.id.get(t)
        if i is not None:
            return i
        i = self.id[t] = len(self.key)
        w = table_key(kind, key)
        self.key.append(w)
        self._row.append(self.find(w, self.table))
        self._exact.append(0 < self.index.get(w, 0) <= self.table)
        self._big.append(self.find(w, len(self.index)))
        n = len(w)
        b = next(j for j, m in enumerate(LENGTHS) if n <= m)
        self._mask.append((1 << KIND_ID[kind]) | (spell << 16) | (1 << (24 + b)))
        self._chars.append(bytes(chars_of(w)))
        return i

    def freeze(self):
        self.row = torch.tensor(self._row, dtype=torch.long)
        self.big = torch.tensor(self._big, dtype=torch.long)    # the row when all words are there
        self.exact = np.array(self._exact)
        self.mask = np.array(self._mask, dtype=np.uint64)
        self.chars = torch.from_numpy(np.frombuffer(b"".join(self._chars), np.uint8).reshape(-1, NCHARS).copy())
        return self


def features(mask, gaz=None):
    """uint64 bits -> floats of 64 columns"""
    m = mask if gaz is None else mask | (gaz.astype(np.uint64) << np.uint64(32))
    b = np.unpackbits(np.ascontiguousarray(m).view(np.uint8).reshape(m.shape + (8,)), axis=-1,
                      bitorder="little")
    return torch.from_numpy(b).float()


def batch(types, sents, gaz=None):
    """sents: list of arrays of type ids -> word, feat, mask tensors"""
    n = max(len(s) for s in sents)
    x = np.zeros((len(sents), n), np.int64)
    m = np.zeros((len(sents), n), bool)
    f = np.zeros((len(sents), n), np.uint64)
    for i, s in enumerate(sents):
        x[i, :len(s)] = s
        m[i, :len(s)] = True
        f[i, :len(s)] = types.mask[s]
        if gaz is not None and gaz[i] is not None:
            f[i, :len(s)] |= gaz[i].astype(np.uint64) << np.uint64(32)
    return torch.from_numpy(x), features(f), torch.from_numpy(m)


def batches(lengths, size, rng, shuffle=True):
    """lists of sentence numbers, alike in length, at most size tokens with padding"""
    key = np.asarray(lengths) + (rng.random(len(lengths)) * 6 if shuffle else 0)
    out, cur, mx = [], [], 0
    for i in np.argsort(key, kind="stable"):
        mx2 = max(mx, int(lengths[i]))
        if cur and mx2 * (len(cur) + 1) > size:
            out.append(cur)
            cur, mx2 = [], int(lengths[i])
        cur.append(int(i))
        mx = mx2
    if cur:
        out.append(cur)
    if shuffle:
        rng.shuffle(out)
    return out
