"""The tagger's network in PyTorch: training form of src/core/na_tagger.c.

word vector (frozen embedding through a linear map, plus a character CNN)
  + feature bits -> input layer -> layers of dilated convolution with a gated
unit, layer norm and residual -> one linear-chain CRF per annotation convention.

quant=True imitates the integer arithmetic of the C code (8-bit weights, 7-bit
activations), with gradients passed straight through.
"""
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


class Product(torch.autograd.Function):
    """x w' + b with products in bfloat16, forward and backward"""

    @staticmethod
    def forward(ctx, x, w, b):
        x2 = x.reshape(-1, x.shape[-1]).bfloat16()
        wb = w.bfloat16()
        ctx.save_for_backward(x2, wb)
        ctx.shape = x.shape
        ctx.dtype = x.dtype
        ctx.bias = b is not None
        y = (x2 @ wb.t()).float()
        if b is not None:
            y += b
        return y.view(x.shape[:-1] + (w.shape[0],))

    @staticmethod
    def backward(ctx, g):
        x2, wb = ctx.saved_tensors
        g2 = g.reshape(-1, g.shape[-1]).bfloat16()
        gx = (g2 @ wb).to(ctx.dtype).view(ctx.shape) if ctx.needs_input_grad[0] else None
        gb = (torch.ones(1, len(g2), dtype=torch.bfloat16) @ g2).float()[0] if ctx.bias else None
        return gx, (g2.t() @ x2).float(), gb


class Linear(nn.Linear):
    """products in bfloat16 (float32 when exact is set), bias and gradients of it in float32"""
    quant = False
    exact = False

    def forward(self, x):
        w = quant_rows(self.weight) if self.quant else self.weight
        if Linear.exact:
            return F.linear(x.float(), w, self.bias)
        return Product.apply(x, w, self.bias)


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
        e = self.emb(ch)
        if drop and self.training:
            e = F.dropout(e, drop)
        ch = ch[:, :max(1, int((ch > 0).sum(1).max()))]
        e = e[:, :ch.shape[1]]
        n = ch.shape[1]
        p = F.pad(e if Linear.exact else e.bfloat16(), (0, 0, 2, 2))
        dead = (ch == 0).unsqueeze(2)
        x5 = self.c5(torch.cat([p[:, i:i + n] for i in range(5)], 2)).masked_fill(dead, -1e4).amax(1)
        x3 = self.c3(torch.cat([p[:, i + 1:i + 1 + n] for i in range(3)], 2)).masked_fill(dead, -1e4).amax(1)
        return self.out(F.relu(torch.cat([x3, x5], 1) + self.bias))


class Encoder(nn.Module):
    def __init__(self, vectors, nchars, hidden=128, dilations=(1, 2, 4, 1), dim=96):
        super().__init__()
        self.cfg = dict(hidden=hidden, dilations=list(dilations), dim=dim, nchars=nchars)
        self.register_buffer("vec", vectors, persistent=False)  # rows x ft dim, row 0 = none
        self.proj = Linear(vectors.shape[1], dim, bias=False)
        self.char = CharCNN(nchars, dim)
        self.feat = nn.Parameter(torch.randn(NFEAT, hidden) * 0.1)
        self.inp = Linear(dim, hidden)
        self.ln0 = nn.LayerNorm(hidden)
        self.conv = nn.ModuleList([Linear(3 * hidden, 2 * hidden) for _ in dilations])
        self.ln = nn.ModuleList([nn.LayerNorm(hidden) for _ in dilations])
        self.quant = False

    def set_quant(self, on):
        self.quant = on
        self.inp.quant = on
        for c in self.conv:
            c.quant = on

    def forward(self, word, tab, feat, mask, drop=0.0, wdrop=0.0, hide=None):
        """word: B,T type ids into tab; feat: B,T,NFEAT floats; mask: B,T bool;
        hide: B,T bool of positions of which nothing is told"""
        u, inv = torch.unique(word, return_inverse=True)
        v = self.vec[tab.row[u]]
        if self.training and wdrop:
            v = v * (torch.rand(len(u), 1) > wdrop)
        x = self.proj(v) + self.char(tab.chars[u].long(), drop=0.1 if drop else 0.0)
        if self.quant:
            x = ste(x, torch.clamp(torch.round(x * WORD_STEP), -127, 127) / WORD_STEP)
        x = x[inv]
        m = mask.unsqueeze(2).float()
        if hide is not None:
            keep = (~hide).unsqueeze(2).float()
            x = x * keep
            feat = feat * keep
        x = F.dropout(x, drop, self.training)
        z = self.inp(x) + Product.apply(feat, self.feat.t(), None)
        h = self.ln0(z) * m
        for conv, ln, d in zip(self.conv, self.ln, self.cfg["dilations"]):
            q = quant_act(h) if self.quant else h
            n = q.shape[1]
            p = F.pad(q if Linear.exact else q.bfloat16(), (0, 0, d, d))
            y = conv(torch.cat([p[:, :n], p[:, d:d + n], p[:, 2 * d:]], 2))
            a, g = y.chunk(2, 2)
            z = a * torch.clamp(g * 0.25 + 0.5, 0, 1)
            h = (h + F.dropout(ln(z), drop * 0.5, self.training)) * m
        return F.dropout(h, drop, self.training)


class Heads(nn.Module):
    """One CRF a convention: emissions and transitions (row K = start)."""

    def __init__(self, hidden, n):
        super().__init__()
        self.n = n
        self.out = nn.Linear(hidden, n * K)
        self.tr = nn.Parameter(torch.zeros(n, K + 1, K))

    def forward(self, h):
        b, t, _ = h.shape
        return self.out(h.float()).float().view(b, t, self.n, K)


def crf_logz(em, tr, mask):
    """log Z of N independent chains: em N,T,K; tr N,K+1,K; mask N,T"""
    al = em[:, 0] + tr[:, K]
    t2 = tr[:, :K]
    for t in range(1, em.shape[1]):
        mx = al.amax(1, keepdim=True).detach()
        # matrix form of log-sum-exp: transitions are small numbers
        n = torch.log(torch.bmm(torch.exp(al - mx).unsqueeze(1), torch.exp(t2)).squeeze(1) + 1e-30)
        n = n + mx + em[:, t]
        al = torch.where(mask[:, t:t + 1], n, al)
    return torch.logsumexp(al, 1)


def crf_loss(em, tr, allowed, mask):
    """-log P(tag sequences within allowed N,T,K)"""
    bad = (~allowed).float() * -1e4
    z = crf_logz(torch.cat([em, em + bad]), torch.cat([tr, tr]), torch.cat([mask, mask]))
    n = len(em)
    return z[:n] - z[n:]


@torch.no_grad()
def crf_marginals(em, tr, mask):
    """B,T,K marginals of each chain"""
    B, T, _ = em.shape
    al = torch.zeros_like(em)
    be = torch.zeros_like(em)
    al[:, 0] = em[:, 0] + tr[:, K]
    for t in range(1, T):
        n = torch.logsumexp(al[:, t - 1].unsqueeze(2) + tr[:, :K], 1) + em[:, t]
        al[:, t] = torch.where(mask[:, t:t + 1], n, al[:, t - 1])
    for t in range(T - 2, -1, -1):
        n = torch.logsumexp(tr[:, :K] + (em[:, t + 1] + be[:, t + 1]).unsqueeze(1), 2)
        be[:, t] = torch.where(mask[:, t + 1:t + 2], n, be[:, t + 1])
    z = torch.logsumexp(al[:, -1], 1)
    return torch.exp(al + be - z[:, None, None])


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
