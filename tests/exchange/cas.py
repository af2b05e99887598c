"""dkpro-cassis reads the CAS with its type system: python cas.py OUT"""

import json
import sys
from pathlib import Path

import cassis

out = Path(sys.argv[1])
with open(out / "cas/TypeSystem.xml", "rb") as file:
    types = cassis.load_typesystem(file)
articles = {article["id"]: article for article in map(json.loads, filter(None, (out / "articles.jsonl").read_text(encoding="utf-8").split("\n")))}
quotations = entities = 0
files = sorted((out / "cas").glob("*.xmi"))
assert len(files) == len(articles) > 0
for path in files:
    with open(path, "rb") as file:
        cas = cassis.load_cas_from_xmi(file, typesystem=types)
    article = articles[path.stem]
    # XML ends every line with a line feed, but a carriage return that is written as a character stays.
    assert cas.sofa_string == article["text"]
    wanted = sorted(span["text"] for quote in article["quotes"] for span in quote["content"])
    got = sorted(mark.get_covered_text() for mark in cas.select("webanno.custom.Quotation") if mark.part == "Content")
    assert got == wanted
    mentions = sorted(mention["text"] for entity in article["entities"] for mention in entity["mentions"])
    named = cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    assert sorted(mark.get_covered_text() for mark in named) == mentions
    assert all(token.get_covered_text().strip() == token.get_covered_text() for token in cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"))
    quotations += len(got)
    entities += len(mentions)
print(f"dkpro-cassis: {len(files)} files with {quotations} contents and {entities} names, word for word")
