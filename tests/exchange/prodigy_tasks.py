"""Tasks have Prodigy's documented shape, and spaCy finds every span in them: python prodigy_tasks.py OUT"""

import json
import sys
from pathlib import Path

import spacy
from spacy.tokens import Doc

tasks = [json.loads(line) for line in (Path(sys.argv[1]) / "prodigy.jsonl").read_text(encoding="utf-8").split("\n") if line]
assert tasks
nlp = spacy.blank("en")
spans = relations = 0
for task in tasks:
    text, tokens = task["text"], task["tokens"]
    # https://prodi.gy/docs/api-interfaces#spans_manual: tokens carry id, text, start, end and ws.
    for at, token in enumerate(tokens):
        assert token["id"] == at and text[token["start"]:token["end"]] == token["text"] and isinstance(token["ws"], bool)
    # The tokens as spaCy would have them: those of the task, with what stands between them.
    words, at = [], 0
    for token in tokens:
        gap = text[at:token["start"]]
        words += [gap] if gap and gap != " " else []
        words, at = words + [token["text"]], token["end"]
    words += [text[at:]] if text[at:] else []
    spaces, at = [], 0
    for word in words:
        at += len(word)
        spaces.append(text[at:at + 1] == " " and any(token["start"] == at + 1 for token in tokens))
        at += spaces[-1]
    doc = Doc(nlp.vocab, words, spaces)
    assert doc.text == text
    places = {(span["start"], span["end"], span["label"]) for span in task["spans"]}
    for span in task["spans"]:
        found = doc.char_span(span["start"], span["end"], span["label"])
        assert found is not None and found.text == text[span["start"]:span["end"]], span
        assert tokens[span["token_start"]]["start"] == span["start"] and tokens[span["token_end"]]["end"] == span["end"], span
        spans += 1
    # https://prodi.gy/docs/api-interfaces#relations: head and child are token ids, with the spans they stand for.
    for relation in task["relations"]:
        for token, span in ((relation["head"], relation["head_span"]), (relation["child"], relation["child_span"])):
            assert token == span["token_end"] and (span["start"], span["end"], span["label"]) in places, relation
        relations += 1
print(f"prodigy: {len(tasks)} tasks with {spans} spans, all on token borders, and {relations} relations")
