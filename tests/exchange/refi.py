"""pyrefiqda, whose classes are made of the published schema, reads project and codebook; elements stand in the schema's order: python refi.py OUT

QualCoder is in no package registry, so that its importer is not run here.
"""

import json
import sys
import tempfile
import zipfile
from pathlib import Path

from lxml import etree
from pyrefiqda import RefiCodebook, RefiProject

out = Path(sys.argv[1])
path = out / "refi-qda/sayso.qdpx"
SPACE = "{urn:QDA-XML:project:1.0}"
# The sequences of Project.xsd (QDA-XML 1.0 of 18 March 2019) for the elements that are written, and the attributes it demands.
ORDER = {
    "Project": ["Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs", "Description", "NoteRef"],
    "Code": ["Description", "NoteRef", "Code"],
    "Case": ["Description", "CodeRef", "VariableValue", "SourceRef", "SelectionRef"],
    "VariableValue": ["VariableRef", "TextValue"],
    "TextSource": ["Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef", "VariableValue"],
    "PlainTextSelection": ["Description", "Coding", "NoteRef"],
    "Coding": ["CodeRef", "NoteRef"],
}
DEMANDED = {
    "Project": ["name"], "User": ["guid"], "Code": ["guid", "name", "isCodable"], "Case": ["guid"], "Variable": ["guid", "name", "typeOfVariable"],
    "TextSource": ["guid"], "PlainTextSelection": ["guid", "startPosition", "endPosition"], "Coding": ["guid"], "CodeRef": ["targetGUID"],
    "SourceRef": ["targetGUID"], "SelectionRef": ["targetGUID"], "VariableRef": ["targetGUID"],
}
with zipfile.ZipFile(path) as archive:
    assert archive.testzip() is None
    root = etree.fromstring(archive.read("project.qde"))
    texts = {name: archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".txt")}
assert root.tag == SPACE + "Project"
for element in root.iter():
    name = element.tag.removeprefix(SPACE)
    children = [child.tag.removeprefix(SPACE) for child in element]
    if name in ORDER:
        places = [ORDER[name].index(child) for child in children]
        assert places == sorted(places), (name, children)
    for attribute in DEMANDED.get(name, []):
        assert element.get(attribute), (name, attribute)
guids = [element.get("guid") for element in root.iter() if element.get("guid")]
assert len(guids) == len(set(guids))
assert {element.get("targetGUID") for element in root.iter() if element.get("targetGUID")} <= set(guids), "every reference has its target"

with tempfile.TemporaryDirectory() as folder:
    project = RefiProject.load(path, extract_dir=folder)
codebook = RefiCodebook.load(out / "refi-qda/sayso.qdc")
articles = {article["id"]: article for article in map(json.loads, filter(None, (out / "articles.jsonl").read_text(encoding="utf-8").split("\n")))}
selections = 0
for source in root.iter(SPACE + "TextSource"):
    text, article = texts["sources/" + source.get("plainTextPath").removeprefix("internal://")], articles[source.get("name")]
    assert text == article["text"]
    selected = {text[int(one.get("startPosition")):int(one.get("endPosition"))] for one in source.iter(SPACE + "PlainTextSelection")}
    assert {span["text"] for quote in article["quotes"] for span in quote["content"]} <= selected
    selections += len(list(source.iter(SPACE + "PlainTextSelection")))
cases = len(list(root.iter(SPACE + "Case")))
assert len(project.sources.text_source) == len(articles) > 0 and len(project.cases.case) == cases > 0
assert len(codebook.codes.code) > 0
print(f"refi-qda: {len(articles)} sources, {selections} selections and {cases} cases, read by pyrefiqda, in the published schema's order")
