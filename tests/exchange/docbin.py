"""The snippet of src/docs/exchange.md finds every span: python docbin.py OUT DOCUMENTATION"""

import json
import os
import re
import sys
import tempfile
from pathlib import Path

import spacy
from spacy.tokens import DocBin

out, documentation = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).read_text(encoding="utf-8")
snippet = re.search(r"```python\n(import json, spacy\n.*?)```", documentation, re.S).group(1)
with tempfile.TemporaryDirectory() as folder:
    os.symlink(out, Path(folder) / "out")
    os.chdir(folder)
    exec(snippet, {})
    docs = list(DocBin().from_disk("quotes.spacy").get_docs(spacy.blank("en").vocab))
    os.chdir("/")
articles = [json.loads(line) for line in (out / "articles.jsonl").read_text(encoding="utf-8").split("\n") if line]
assert len(docs) == len(articles) > 0
total = exact = 0
for doc, article in zip(docs, articles):
    assert doc.text == article["text"]
    wanted = [(span["start"], span["end"], quote["kind"]) for quote in article["quotes"] for span in quote["content"]]
    got = [(span.start_char, span.end_char, span.label_) for span in doc.spans["quotes"]]
    assert len(got) == len(wanted)
    total += len(wanted)
    exact += sum(a == b for a, b in zip(wanted, got))
assert exact == total, f"{total - exact} of {total} spans have other borders"
print(f"spacy: all {total} spans of {len(docs)} documents stand where they stood")
