"""The package conllu reads the CoNLL-U file, and tokens rebuild their sentences: python conll.py OUT"""

import sys
from pathlib import Path

import conllu

out = Path(sys.argv[1])
sentences = conllu.parse((out / "sayso.conllu").read_text(encoding="utf-8"))
assert sentences
tokens = quoted = 0
for sentence in sentences:
    text = ""
    for token in sentence:
        text += token["form"] + ("" if (token["misc"] or {}).get("SpaceAfter") == "No" else " ")
        quoted += "Quote" in (token["misc"] or {})
        tokens += 1
    assert "".join(text.split()) == "".join(sentence.metadata["text"].split()), sentence.metadata
    assert [token["id"] for token in sentence] == list(range(1, len(sentence) + 1))
assert quoted
rows = [line.split(" ") for line in (out / "sayso.conll").read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
assert all(len(row) == 4 for row in rows)
before = "O"
for row in rows:
    tag = row[3]
    assert not tag.startswith("I-") or before[2:] == tag[2:], f"{tag} after {before}"
    before = tag
print(f"conllu: {len(sentences)} sentences with {tokens} tokens, {quoted} in quotations; CoNLL 2003: {len(rows)} rows of valid IOB2")
