#!/usr/bin/env python3
"""Make the trainer's data out of raw and labelled text.

prepare.py corpus WORK FEATURES CORPUS     raw text -> WORK/{raw.X.npy,raw.L.npy,raw.types,ft.txt}
prepare.py vectors WORK [--table N]        WORK/ft.vec -> WORK/{vectors.npy,words.txt}
prepare.py labelled WORK FEATURES TRAIN [--annotation FILE --corpus CORPUS] [--table FILE] [--dev FILE]
                                           *-train.conll, standoff annotation of raw text
                                           -> WORK/{labelled.pkl,types.pkl}
prepare.py sample WORK FEATURES CORPUS --tokens N
                                           raw text with gazetteer flags -> WORK/sample.pkl
prepare.py names WORK FEATURES DATA         names of data/ -> WORK/names.pkl (for augmentation)
prepare.py model WORK FILE                  a written model -> WORK/{vectors.npy,m_file.pt}, to go on from;
                                           types must have been made with the table of the same file

FEATURES is the program that `make features` builds: tokens, keys and gazetteer
flags come from the library's own code, so that training sees what serving sees.
CORPUS holds *.jsonl.xz with the fields title and text.
"""
import argparse
import array
import glob
import hashlib
import json
import lzma
import os
import pickle
import subprocess
import threading

import numpy as np

import torch

import tagger_text as tt
from tagger_file import Weights, as_model, file_types, word_vectors

LONGEST = 120       # tokens of one line that are looked at together
CONVENTIONS = {"anercorp": "aner", "modern": "mod", "aqmar": "aqmar"}


def texts(corpus):
    """every text once: copies of wire stories begin alike"""
    for _, text in keyed_texts(corpus):
        yield text


def keyed_texts(corpus):
    """the same with the hash that tells them apart"""
    seen = set()
    for name in sorted(glob.glob(corpus + "/*.jsonl.xz")):
        for line in lzma.open(name, "rt", encoding="utf-8"):
            d = json.loads(line)
            body = d.get("text") or ""
            h = hashlib.md5(body[:400].encode()).hexdigest()
            if h not in seen:
                seen.add(h)
                yield h, (d.get("title") or "") + "\n" + body


def clean(text):
    """the text that offsets of annotation count in"""
    return text.replace("\\", " ").replace("\r", "")


def as_line(text):
    return clean(text).replace("\n", "\\n").encode() + b"\n"


def features(program, lines):
    """what the program says of the lines, line by line, as bytes"""
    p = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=1 << 20)

    def feed():
        for x in lines:
            p.stdin.write(x)
        p.stdin.close()

    t = threading.Thread(target=feed, daemon=True)
    t.start()
    yield from p.stdout
    t.join()
    if p.wait() != 0:
        raise SystemExit(program + " failed")


def split_type(line):
    kind, key, spell = line.split("\t")
    return tt.KINDS[int(kind)], key, int(spell, 16)


def corpus(o):
    ids, keys, words = {}, [], []
    X, L = array.array("i"), array.array("i")
    n = 0
    with open(o.work + "/ft.txt", "w", encoding="utf-8") as ft:
        line = []
        for raw in features(o.features, (as_line(t) for t in texts(o.corpus))):
            if len(raw) > 4:
                t = raw.rsplit(b"\t", 3)[0]
                i = ids.get(t)
                if i is None:
                    i = ids[t] = len(keys)
                    s = t.decode()
                    keys.append(s)
                    kind, key, _ = split_type(s)
                    words.append(tt.table_key(kind, key).replace(" ", "_"))
                line.append(i)
            elif raw == b"\n" and line:
                if len(line) > 2:
                    ft.write(" ".join([words[i] for i in line]) + "\n")
                for a in range(0, len(line), LONGEST):
                    X.extend(line[a:a + LONGEST])
                    L.append(min(LONGEST, len(line) - a))
                n += len(line)
                line = []
    np.save(o.work + "/raw.X.npy", np.frombuffer(X, np.int32))
    np.save(o.work + "/raw.L.npy", np.frombuffer(L, np.int32))
    with open(o.work + "/raw.types", "w", encoding="utf-8") as f:
        f.write("\n".join(keys) + "\n")
    print("corpus: %d tokens, %d lines, %d types" % (n, len(L), len(keys)))


def vectors(o):
    """all words of ft.vec, the most frequent first; the first --table of them are the model's"""
    blanks = {}
    for s in open(o.work + "/raw.types", encoding="utf-8"):
        kind, key, _ = split_type(s.rstrip("\n"))
        if " " in key:
            w = tt.table_key(kind, key)
            blanks[w.replace(" ", "_")] = w
    with open(o.work + "/ft.vec", encoding="utf-8") as f:
        n, dim = map(int, f.readline().split())
        words, V = [], np.zeros((n + 1, dim), np.float32)
        for line in f:
            w, v = line.rstrip().split(" ", 1)
            if w == "</s>":
                continue
            words.append(blanks.get(w, w))
            V[len(words)] = np.array(v.split(), np.float32)
    np.save(o.work + "/vectors.npy", V[:len(words) + 1])
    with open(o.work + "/words.txt", "w", encoding="utf-8") as f:
        f.write("%d\n" % o.table + "\n".join(words) + "\n")
    print("vectors: %d words of %d numbers, table of %d" % (len(words), dim, o.table))


def load_types(work, fresh=False, table=""):
    path = work + "/types.pkl"
    if not fresh and os.path.exists(path):
        return pickle.load(open(path, "rb"))
    if table:
        return file_types(Weights(table))
    table, words = tt.load_words(work)
    types = tt.Types(words, table)
    for s in open(work + "/raw.types", encoding="utf-8"):
        types.add(*split_type(s.rstrip("\n")))
    return types


def save_types(types, work):
    types.freeze()
    tmp = work + "/types.pkl.tmp"
    pickle.dump(types, open(tmp, "wb"), protocol=4)
    os.replace(tmp, work + "/types.pkl")


def read_conll(path):
    """sentences of (words, tags)"""
    words, tags = [], []
    for line in open(path, encoding="utf-8"):
        p = line.split()
        if p:
            words.append(p[0])
            tags.append(p[-1])
        elif words:
            yield words, tags
            words, tags = [], []
    if words:
        yield words, tags


def token_lines(program, lines, types, apart=False):
    """(ids, flags, start, length, kinds) of every text; apart: a list of them, one a line of the text"""
    ids, gaz, start, length, kind = [], [], [], [], []
    many = []
    for raw in features(program, lines):
        if raw == b"==\n":
            yield many if apart else (ids, gaz, start, length, kind)
            ids, gaz, start, length, kind = [], [], [], [], []
            many = []
        elif raw == b"\n" and apart:
            if ids:
                many.append((ids, gaz, start, length, kind))
                ids, gaz, start, length, kind = [], [], [], [], []
        elif len(raw) > 4:
            t, g, s, n = raw.rsplit(b"\t", 3)
            k = split_type(t.decode())
            ids.append(types.add(*k))
            gaz.append(int(g, 16))
            start.append(int(s))
            length.append(int(n))
            kind.append(k[0])


def tag_tokens(words, tags, start, kind):
    """tags and word numbers of the scanner's tokens; marks at the edge of a name are outside"""
    ends = np.cumsum([len(w) + 1 for w in words])
    pos = np.searchsorted(ends, start, side="right")
    out, before = [], None
    for i, p in enumerate(pos):
        t = tags[p]
        if t == "O":
            out.append("O")
            before = None
            continue
        b, y = t.split("-", 1)
        first = i == 0 or pos[i - 1] != p
        if first and b == "B" or before != y:
            out.append("B-" + y)
        else:
            out.append("I-" + y)
        before = y
    # "(CNN)" in one word: the name is CNN
    mark = [k in ("punct", "quote", "symbol") for k in kind]
    for i in range(len(out)):
        if out[i][0] == "B" and mark[i]:
            j = i
            while j + 1 < len(out) and mark[j] and pos[j + 1] == pos[i] and out[j + 1][0] == "I":
                out[j] = "O"
                j += 1
            if j > i:
                out[j] = "B" + out[j][1:]
    for i in range(len(out) - 1, 0, -1):
        last = i + 1 == len(out) or out[i + 1][0] != "I"
        if last and out[i][0] == "I" and mark[i] and pos[i - 1] == pos[i]:
            out[i] = "O"
    return out, [int(p) for p in pos]


def annotation(o):
    """(text, row of data/model/annotation.tsv) by convention"""
    marks, found = {}, {}
    for r in rows(o.annotation):
        marks.setdefault(r["text"], []).append(r)
    for h, t in keyed_texts(o.corpus):
        for r in marks.pop(h, []):
            found.setdefault(r["convention"], []).append((t, r))
    if marks:
        raise SystemExit("annotation: %d texts are not in %s" % (len(marks), o.corpus))
    return found


def annotated(o, types, found):
    """sentences of raw text with names marked by start and length in characters"""
    got = token_lines(o.features, (as_line(t) for t, _ in found), types, True)
    out = []
    kinds = dict(zip("PLOMN", ("PER", "LOC", "ORG", "MISC", "NAT")))
    for (_, m), lines in zip(found, got):
        names = {}
        for x in m["names"].split():
            start, length = x[:-1].split("+")
            names[int(start)] = (int(start) + int(length), kinds[x[-1]])
        for ids, gaz, start, length, _ in lines:
            if start[0] < int(m["start"]) or start[-1] >= int(m["end"]):
                # the line of the text reaches farther than the annotation
                keep = [i for i, a in enumerate(start) if int(m["start"]) <= a < int(m["end"])]
                if not keep:
                    continue
                a, b = keep[0], keep[-1] + 1
                ids, gaz, start, length = ids[a:b], gaz[a:b], start[a:b], length[a:b]
            tags, end = [], 0
            for a in start:
                if a in names:
                    end, y = names[a]
                    tags.append("B-" + y)
                else:
                    tags.append("I-" + y if a < end else "O")
            out.append((np.array(ids, np.int64), np.array(gaz, np.uint32), tags, list(range(len(ids))), tags))
    return out


def labelled(o):
    types = load_types(o.work, True, o.table)
    D = {}
    files = {v: "%s/%s-train.conll" % (o.train, k) for k, v in CONVENTIONS.items()}
    if o.dev:
        files["dev"] = o.dev
    for name, path in files.items():
        S = list(read_conll(path))
        out = []
        got = token_lines(o.features, (as_line(" ".join(w)) for w, _ in S), types)
        for (words, tags), (ids, gaz, start, _, kind) in zip(S, got):
            tok, pos = tag_tokens(words, tags, start, kind)
            out.append((np.array(ids, np.int64), np.array(gaz, np.uint32), tok, pos, tags))
        if len(out) != len(S):
            raise SystemExit("%s: %d of %d sentences" % (path, len(out), len(S)))
        D[name] = out
        print("labelled: %s %d sentences, %d tokens" % (name, len(out), sum(len(x[0]) for x in out)))
    if o.annotation:
        found = annotation(o)
        for name, convention in (("news", "ours"), ("wire", "anercorp")):
            D[name] = annotated(o, types, found[convention])
            print("labelled: %s %d sentences, %d tokens" % (name, len(D[name]), sum(len(x[0]) for x in D[name])))
    save_types(types, o.work)
    pickle.dump(D, open(o.work + "/labelled.pkl", "wb"), protocol=4)


def sample(o):
    """lines of raw text, drawn evenly over all texts, with the gazetteer's flags"""
    types = load_types(o.work)
    rng = np.random.default_rng(o.seed)
    lines = [p for t in texts(o.corpus) for p in t.split("\n") if len(p) >= 30]
    out, n = [], 0

    def pick():
        left = o.tokens * 1.05
        for i in rng.permutation(len(lines)):
            left -= lines[i].count(" ") * 1.15 + 1
            yield as_line(lines[i])
            if left < 0:
                break

    for ids, gaz, _, _, _ in token_lines(o.features, pick(), types):
        for a in range(0, len(ids), LONGEST):
            if len(ids) - a >= 4:
                out.append((np.array(ids[a:a + LONGEST], np.int32), np.array(gaz[a:a + LONGEST], np.uint32)))
                n += len(out[-1][0])
    save_types(types, o.work)
    pickle.dump(out, open(o.work + "/sample.pkl", "wb"), protocol=4)
    print("sample: %d lines, %d tokens" % (len(out), n))


def rows(path):
    """rows of a data file as dictionaries"""
    head = None
    for line in open(path, encoding="utf-8"):
        if line.startswith("#") or not line.strip():
            continue
        p = line.rstrip("\n").split("\t")
        if head is None:
            head = p
        else:
            yield dict(zip(head, p))


def names(o):
    """names by kind (1 person, 2 place, 3 organisation) with their flags: the gazetteer's, and persons
    made of given and family names"""
    rng = np.random.default_rng(o.seed)
    known = {1: [], 2: [], 3: []}
    kinds = {"person": 1, "place": 2, "organization": 3}
    for path in sorted(glob.glob(o.data + "/gazetteer/*.tsv")):
        for r in rows(path):
            k = kinds.get(r.get("kind"))
            if k and "name_en" in r and "weak" not in (r.get("flags") or ""):
                forms = [r["name"]] + (r.get("variants") or "").split("|")
                known[k] += [x for x in forms if " " in x or (k == 2 and x)]
    given, family = [], [x.split(" ", 1)[1] for x in known[1] if x.count(" ") == 1]
    for r in rows(o.data + "/names/given.tsv"):
        given += [(x, r["origin"].split("|")) for x in r["name"].split("|")]
    by_origin = {}
    if os.path.exists(o.data + "/names/family.tsv"):
        for r in rows(o.data + "/names/family.tsv"):
            for g in r["origin"].split("|"):
                by_origin.setdefault(g, []).extend(r["name"].split("|"))
    for _ in range(o.people):
        g, origin = given[rng.integers(len(given))]
        pool = by_origin.get(origin[rng.integers(len(origin))], family)
        full = [g]
        if "arab" in origin and rng.random() < 0.2:
            full.append(given[rng.integers(min(300, len(given)))][0])
        full.append(pool[rng.integers(len(pool))])
        known[1].append(" ".join(full))
    types = load_types(o.work)
    out = {}
    for k, v in known.items():
        out[k] = [(np.array(i), np.array(g, np.uint32)) for i, g, _, _, _ in
                  token_lines(o.features, (as_line(x) for x in v), types) if len(i)]
    save_types(types, o.work)
    pickle.dump(out, open(o.work + "/names.pkl", "wb"), protocol=4)
    print("names: " + ", ".join("%d %d" % (k, len(v)) for k, v in out.items()))


def model(o):
    """a written model to go on from: finished vectors of all types, layers, and its one head for all"""
    types = load_types(o.work)
    w = Weights(o.file)
    np.save(o.work + "/vectors.npy", word_vectors(w, types))
    torch.save(as_model(w, o.temperature), o.work + "/m_file.pt")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ap.add_subparsers(dest="what", required=True)
    p = sub.add_parser("corpus")
    p.add_argument("work"), p.add_argument("features"), p.add_argument("corpus")
    p = sub.add_parser("vectors")
    p.add_argument("work"), p.add_argument("--table", type=int, default=78000)
    p = sub.add_parser("labelled")
    p.add_argument("work"), p.add_argument("features"), p.add_argument("train")
    p.add_argument("--annotation", default=""), p.add_argument("--corpus", default="")
    p.add_argument("--table", default="", help="a written model whose words are taken")
    p.add_argument("--dev", default="")
    p = sub.add_parser("sample")
    p.add_argument("work"), p.add_argument("features"), p.add_argument("corpus")
    p.add_argument("--tokens", type=float, default=3e6), p.add_argument("--seed", type=int, default=5)
    p = sub.add_parser("names")
    p.add_argument("work"), p.add_argument("features"), p.add_argument("data")
    p.add_argument("--people", type=int, default=15000), p.add_argument("--seed", type=int, default=3)
    p = sub.add_parser("model")
    p.add_argument("work"), p.add_argument("file"), p.add_argument("--temperature", type=float, default=1.0)
    o = ap.parse_args()
    globals()[o.what](o)


if __name__ == "__main__":
    main()
