"""Two readers of others take the standoff files: bioc's brat reader, and bratly, which checks the grammar and every offset: python brat.py OUT"""

import sys
from pathlib import Path

from bioc import brat
from bratly import EntityAnnotation, RelationAnnotation
from bratly.io.file_read_src import parse_and_fix_ann_grammar, read_and_load_ann_file

folder = Path(sys.argv[1]) / "brat"
spans = relations = attributes = 0
files = sorted(folder.glob("*.ann"))
assert files
for path in files:
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    doc = brat.loads_ann(path.read_text(encoding="utf-8"))
    by_id = {entity.id: entity for entity in doc.entities}
    for entity in doc.entities:
        words = [text[part.begin:part.end] for part in sorted(entity.locations)]
        assert all("\n" not in part and part == part.strip() for part in words), entity
        assert " ".join(words) == entity.text, (path.name, entity)
    for relation in doc.relations:
        arguments = [by_id[argument] for argument in relation.arguments.values()]
        ends = [argument.type for argument in arguments]
        assert (relation.type, *ends) in {("said_by", "Content", "Source"), ("cued_by", "Content", "Cue"), ("continues", "Content", "Content")}
    for attribute in doc.attributes:
        assert by_id[attribute.refid].type == "Content"
    spans, relations, attributes = spans + len(doc.entities), relations + len(doc.relations), attributes + len(doc.attributes)
    ann = path.read_text(encoding="utf-8")
    assert parse_and_fix_ann_grammar(ann).strip() == ann.strip(), f"{path.name}: bratly would mend it"
    read = read_and_load_ann_file(str(path)).annotations
    # bratly keeps one of two spans that are alike, such as a source that two cues share.
    found = {(one.label, tuple((part.start, part.end) for part in one.fragments)) for one in read if isinstance(one, EntityAnnotation)}
    assert found == {(one.type, tuple((part.begin, part.end) for part in sorted(one.locations))) for one in doc.entities}
    assert {one.label for one in read if isinstance(one, RelationAnnotation)} == {one.type for one in doc.relations}
print(f"brat: {len(files)} files with {spans} spans, {relations} relations and {attributes} attributes, read alike by bioc and bratly")
