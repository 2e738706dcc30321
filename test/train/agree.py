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

top = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, top + "/src/train")

import tagger_text as tt                                                    # noqa: E402
from tagger_file import Weights, encoder, file_types                        # noqa: E402
from tagger_net import Linear, crf_decode, crf_sums                          # noqa: E402

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


def main():
    program, path = sys.argv[1:3]
    torch.set_num_threads(1)
    # the products of the trainer are rounded to bfloat16 for speed; here they are exact
    Linear.exact = True
    w = Weights(path)
    types = file_types(w)
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
    e = encoder(w, types)
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
