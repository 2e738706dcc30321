"""The tagger's network in PyTorch: training form of src/core/na_tagger.c.

word vector (frozen embedding through a linear map, plus a character CNN)
  + feature bits -> input layer -> layers of dilated convolution with a gated
unit, layer norm and residual -> one linear-chain CRF per annotation convention.

quant=True imitates the integer arithmetic of the C code (8-bit weights, 7-bit
activations), with gradients passed straight through.
"""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

TYPES = ["PER", "LOC", "ORG", "MISC", "NAT"]
TAGS = ["O"] + [b + "-" + t for t in TYPES for b in "BI"]
TAG_ID = {t: i for i, t in enumerate(TAGS)}
K = len(TAGS)
NFEAT = 64
ACT_STEP = 8.0     # steps of one activation unit
WORD_STEP = 24.0   # steps of one word vector unit
FILTERS = 64       # of each width of the character CNN
CHAR_DIM = 24


def ste(x, q):
    """q forward, the gradient of x backward"""
    return x + (q - x).detach()


def quant_act(x):
    return ste(x, torch.clamp(torch.round(x * ACT_STEP), -64, 63) / ACT_STEP)


def quant_rows(w):
    """8 bits with one scale an output row"""
    s = w.detach().abs().amax(1, keepdim=True).clamp(min=1e-6) / 127
    return ste(w, torch.round(w / s) * s)


class Dropout:
    """Dropout by slices of one long row of random numbers: drawing them anew costs more than the products"""
    SIZE = 1 << 22
    rows = {}
    rng = torch.Generator()

    @classmethod
    def seed(cls, seed):
        cls.rng.manual_seed(seed)
        cls.rows = {}

    @classmethod
    def mask(cls, shape, p):
        """floats: 0 with probability p, else 1 / (1 - p)"""
        n = 1
        for d in shape:
            n *= d
        if n > cls.SIZE // 2:
            return (torch.rand(shape, generator=cls.rng) >= p).float() / (1 - p)
        row = cls.rows.get(p)
        if row is None:
            row = cls.rows[p] = (torch.rand(cls.SIZE, generator=cls.rng) >= p).float() / (1 - p)
        a = int(torch.randint(cls.SIZE - n, (1,), generator=cls.rng))
        return row[a:a + n].view(shape)


def dropout(x, p, training):
    return x * Dropout.mask(x.shape, p) if training and p > 0 else x


def rows_up(n):
    """the library compiles a kernel for every new shape: few shapes, few kernels"""
    q = 256 if n <= 8192 else 2048
    return (n + q - 1) // q * q


def half(x, rows):
    """x as a matrix in bfloat16, filled up with zeros"""
    n = x.shape[0]
    if n == rows:
        return x.bfloat16()
    y = torch.empty(rows, x.shape[1], dtype=torch.bfloat16)
    y[:n] = x
    y[n:] = 0
    return y


def fast_bfloat16():
    """has the processor units for products of bfloat16? Without them they are many times slower than float32"""
    try:
        flags = set(open("/proc/cpuinfo").read().split("flags", 1)[1].split("\n", 1)[0].split())
    except (OSError, IndexError):
        return False
    return bool(flags & {"amx_bf16", "avx512_bf16"})


class Product(torch.autograd.Function):
    """x w' + b with products in bfloat16, forward and backward"""

    @staticmethod
    def forward(ctx, x, w, b):
        x2 = x.reshape(-1, x.shape[-1])
        n = len(x2)
        x2 = half(x2, rows_up(n))
        wb = w.bfloat16()
        ctx.save_for_backward(x2, wb)
        ctx.shape = x.shape
        ctx.dtype = x.dtype
        ctx.bias = b is not None
        y = (x2 @ wb.t())[:n].float()
        if b is not None:
            y += b
        return y.view(x.shape[:-1] + (w.shape[0],))

    @staticmethod
    def backward(ctx, g):
        x2, wb = ctx.saved_tensors
        g = g.reshape(-1, g.shape[-1])
        n = len(g)
        g2 = half(g, len(x2))
        gx = (g2 @ wb)[:n].to(ctx.dtype).view(ctx.shape) if ctx.needs_input_grad[0] else None
        gb = g.sum(0) if ctx.bias else None
        gw = (g2.t() @ x2).float() if ctx.needs_input_grad[1] else None
        return gx, gw, gb


def product(x, w, b=None):
    """x w' + b"""
    return F.linear(x, w, b) if Linear.exact else Product.apply(x, w, b)


class PooledConv(torch.autograd.Function):
    """max over positions of a convolution of characters, products in bfloat16.
    e: words, positions, dim; dead: words, positions, 1, a large negative number behind the end"""

    @staticmethod
    def forward(ctx, e, w, dead):
        N, T, D = e.shape
        n = w.shape[1] // D
        side = n // 2
        p = torch.zeros(N, T + 2 * side, D, dtype=torch.bfloat16)
        p[:, side:side + T] = e
        rows = rows_up(N * T)
        x = torch.zeros(rows, n * D, dtype=torch.bfloat16)
        # a row of x is n characters that lie side by side
        x[:N * T].view(N, T, n * D).copy_(p.as_strided((N, T, n * D), ((T + 2 * side) * D, D, 1)))
        wb = w.bfloat16()
        y = (x @ wb.t())[:N * T].view(N, T, -1) + dead.bfloat16()
        m = y.amax(1)
        ctx.save_for_backward(x, wb, y, m)
        ctx.shape = (N, T, D, n)
        return m.float()

    @staticmethod
    def backward(ctx, g):
        x, wb, y, m = ctx.saved_tensors
        N, T, D, n = ctx.shape
        side = n // 2
        # 1 at the maximum, else 0, without comparisons, which are slow here
        hit = (y - m[:, None]).mul_(1e6).add_(1).clamp_(min=0)
        gy = torch.zeros(len(x), y.shape[2], dtype=torch.bfloat16)
        torch.mul(hit, g.bfloat16()[:, None], out=gy[:N * T].view(N, T, -1))
        gx = (gy @ wb)[:N * T].view(N, T, n, D)
        ge = torch.zeros(N, T + 2 * side, D)
        for i in range(n):
            ge[:, i:i + T] += gx[:, :, i]
        return ge[:, side:side + T], (gy.t() @ x).float(), None


class Linear(nn.Linear):
    """products in bfloat16 where that is fast (float32 when exact is set), bias and its gradients in float32"""
    quant = False
    exact = not fast_bfloat16()

    def forward(self, x):
        w = quant_rows(self.weight) if self.quant else self.weight
        return product(x.float() if Linear.exact else x, w, self.bias)


class CharCNN(nn.Module):
    """Characters of a word -> word-vector space; char 0 is padding."""

    def __init__(self, nchars, dim):
        super().__init__()
        self.emb = nn.Embedding(nchars, CHAR_DIM, padding_idx=0)
        self.c3 = Linear(3 * CHAR_DIM, FILTERS, bias=False)
        self.c5 = Linear(5 * CHAR_DIM, FILTERS, bias=False)
        self.bias = nn.Parameter(torch.zeros(2 * FILTERS))
        self.out = Linear(2 * FILTERS, dim)

    def forward(self, ch, drop=0.0):
        n = (ch > 0).sum(1)
        long = n > 10
        if len(ch) < 64 or not long.any() or long.all():
            return self.some(ch[:, :max(1, int(n.max()))], drop)
        # short words by themselves: less padding
        a, b = torch.nonzero(~long)[:, 0], torch.nonzero(long)[:, 0]
        x = torch.cat([self.some(ch[a, :10], drop), self.some(ch[b, :int(n.max())], drop)])
        return x[torch.argsort(torch.cat([a, b]))]

    def some(self, ch, drop):
        e = dropout(self.emb(ch), drop, self.training)
        dead = (ch == 0).unsqueeze(2).float() * -1e4
        if Linear.exact:
            n = ch.shape[1]
            p = F.pad(e, (0, 0, 2, 2))
            x5 = (self.c5(torch.cat([p[:, i:i + n] for i in range(5)], 2)) + dead).amax(1)
            x3 = (self.c3(torch.cat([p[:, i + 1:i + 1 + n] for i in range(3)], 2)) + dead).amax(1)
        else:
            x5 = PooledConv.apply(e, self.c5.weight, dead)
            x3 = PooledConv.apply(e, self.c3.weight, dead)
        return self.out(F.relu(torch.cat([x3, x5], 1) + self.bias))


class Encoder(nn.Module):
    def __init__(self, vectors, nchars, hidden=128, dilations=(1, 2, 4, 1), dim=96, own=0, big=False, fixed=False):
        """own: so many frequent words have a trained vector beside the frozen one;
        big: words outside the model's table have their own rows too (teachers);
        fixed: vectors are those of a written model, in its steps, a row for every type, characters included"""
        super().__init__()
        self.cfg = dict(hidden=hidden, dilations=list(dilations), dim=dim, nchars=nchars, own=own, big=big,
                        fixed=fixed)
        self.register_buffer("vec", vectors, persistent=False)  # rows x ft dim, row 0 = none
        if not fixed:
            self.proj = Linear(vectors.shape[1], dim, bias=False)
            self.char = CharCNN(nchars, dim)
        self.feat = nn.Parameter(torch.randn(NFEAT, hidden) * 0.1)
        self.inp = Linear(dim, hidden)
        self.ln0 = nn.LayerNorm(hidden)
        self.conv = nn.ModuleList([Linear(3 * hidden, 2 * hidden) for _ in dilations])
        self.ln = nn.ModuleList([nn.LayerNorm(hidden) for _ in dilations])
        self.own = None
        if own:
            self.own = nn.Embedding(own + 1, dim, padding_idx=0)
            nn.init.zeros_(self.own.weight)
        self.quant = False

    def set_quant(self, on):
        self.quant = on
        self.inp.quant = on
        for c in self.conv:
            c.quant = on

    def words(self, row, chars, drop=0.0, wdrop=0.0, table=None):
        """vectors of words: rows of the vectors, characters; table: rows of the words' own vectors, if others"""
        keep = None
        if self.training and wdrop:
            keep = (torch.rand(len(row), 1) > wdrop).float()
        v = self.vec[row]
        if self.cfg["fixed"]:
            x = v / WORD_STEP
        else:
            x = self.proj(v if keep is None else v * keep)
        if self.own is not None:
            table = row if table is None else table
            w = self.own(table * (table <= self.cfg["own"]))
            x = x + (w if keep is None else w * keep)
        if self.cfg["fixed"]:
            return x if keep is None else x * keep
        return x + self.char(chars, drop=0.1 if drop else 0.0)

    def forward(self, word, tab, feat, mask, drop=0.0, wdrop=0.0, hide=None):
        """word: B,T type ids into tab; feat: B,T,NFEAT floats; mask: B,T bool;
        hide: B,T bool of positions of which nothing is told"""
        u, inv = torch.unique(word, return_inverse=True)
        row = u if self.cfg["fixed"] else (tab.big if self.cfg["big"] else tab.row)[u]
        x = self.words(row, tab.chars[u].long(), drop, wdrop, tab.row[u] if self.cfg["fixed"] else None)
        if self.quant:
            x = ste(x, torch.clamp(torch.round(x * WORD_STEP), -127, 127) / WORD_STEP)
        x = x[inv]
        m = mask.unsqueeze(2).float()
        if hide is not None:
            keep = (~hide).unsqueeze(2).float()
            x = x * keep
            feat = feat * keep
        x = dropout(x, drop, self.training)
        z = self.inp(x) + product(feat, self.feat.t())
        h = self.ln0(z) * m
        for conv, ln, d in zip(self.conv, self.ln, self.cfg["dilations"]):
            q = quant_act(h) if self.quant else h
            n = q.shape[1]
            p = F.pad(q if Linear.exact else q.bfloat16(), (0, 0, d, d))
            y = conv(torch.cat([p[:, :n], p[:, d:d + n], p[:, 2 * d:]], 2))
            a, g = y.chunk(2, 2)
            z = a * F.hardsigmoid(g * 1.5)     # g / 4 + 1 / 2 between 0 and 1
            h = (h + dropout(ln(z), drop * 0.5, self.training)) * m
        return dropout(h, drop, self.training)


class Heads(nn.Module):
    """One CRF a convention: emissions and transitions (row K = start)."""

    def __init__(self, hidden, n):
        super().__init__()
        self.n = n
        self.out = Linear(hidden, n * K)
        self.tr = nn.Parameter(torch.zeros(n, K + 1, K))

    def forward(self, h):
        b, t, _ = h.shape
        return self.out(h).view(b, t, self.n, K)


def crf_sums(em, tr, mask):
    """forward-backward of N chains of one head, in numpy: em N,T,K; tr K+1,K; mask N,T (ones first).
    Gives marginals N,T,K, expected counts of transitions K+1,K and log Z of each chain."""
    N, T, _ = em.shape
    top = em.max(2)
    b = np.exp(em - top[:, :, None])
    e = np.exp(tr[:K])
    al = np.empty_like(em)
    scale = np.ones((N, T), em.dtype)
    on = mask[:, :, None]
    a = b[:, 0] * np.exp(tr[K])
    for t in range(T):
        if t:
            a = np.where(on[:, t], (al[:, t - 1] @ e) * b[:, t], al[:, t - 1])
        s = a.sum(1)
        scale[:, t] = s
        al[:, t] = a / s[:, None]
    be = np.empty_like(em)
    be[:, T - 1] = 1
    right = np.zeros_like(em)           # what the next position gives, 0 behind the end
    for t in range(T - 2, -1, -1):
        r = b[:, t + 1] * be[:, t + 1] / scale[:, t + 1, None]
        right[:, t] = np.where(on[:, t + 1], r, 0)
        be[:, t] = np.where(on[:, t + 1], r @ e.T, 1)
    marg = al * be * on
    pair = np.empty_like(tr)
    pair[:K] = e * (al.reshape(-1, K).T @ right.reshape(-1, K))
    pair[K] = marg[:, 0].sum(0)
    logz = ((np.log(scale) + top) * mask).sum(1)
    return marg, pair, logz


class ChainLoss(torch.autograd.Function):
    """Cross entropy of chains against given marginals and counts of transitions: log Z minus the
    expected score, summed.  Its gradient is the difference of the expectations.  pair = None
    leaves the transitions alone."""

    @staticmethod
    def forward(ctx, em, tr, mask, q, pair):
        e, t = em.detach().numpy(), tr.detach().numpy()
        marg, mine, logz = crf_sums(e, t, mask)
        loss = logz.sum() - float((e * q).sum())
        if pair is None:
            # the expected score of the transitions is unknown: take the model's own
            loss -= float((mine * t).sum())
        else:
            loss -= float((pair * t).sum())
        ctx.grads = (torch.from_numpy(marg - q), None if pair is None else torch.from_numpy(mine - pair))
        return torch.tensor(loss, dtype=torch.float32)

    @staticmethod
    def backward(ctx, g):
        e, t = ctx.grads
        return e * g, None if t is None else t * g, None, None, None


@torch.no_grad()
def crf_decode(em, tr, mask):
    """best paths as lists; em B,T,K; tr K+1,K (numpy-able)"""
    em = em.numpy()
    tr = tr.numpy()
    out = []
    for b in range(len(em)):
        n = int(mask[b].sum())
        al = em[b, 0] + tr[K]
        bp = []
        for i in range(1, n):
            q = al[:, None] + tr[:K]
            k = q.argmax(0)
            bp.append(k)
            al = q[k, range(K)] + em[b, i]
        j = int(al.argmax())
        seq = [j]
        for k in reversed(bp):
            j = int(k[j])
            seq.append(j)
        out.append(seq[::-1])
    return out
