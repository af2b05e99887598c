"""Label Studio's own SDK checks the interface, every task and every prediction, and converts the export: python label_studio.py OUT BACK.json"""

import json
import sys
import tempfile
from pathlib import Path

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface

out, back = Path(sys.argv[1]) / "label-studio", Path(sys.argv[2])
config = (out / "interface.xml").read_text(encoding="utf-8")
interface = LabelInterface(config)
interface.validate()
tasks = json.loads((out / "tasks.json").read_text(encoding="utf-8"))
assert tasks

regions = 0
for task in tasks:
    assert interface.validate_task({"data": task["data"]}), task["data"]["article_id"]
    for prediction in task["predictions"]:
        errors = interface.validate_prediction(prediction, return_errors=True)
        assert errors == [], errors[:5]
        for item in prediction["result"]:
            if item["type"] == "labels":
                value = item["value"]
                assert task["data"]["text"][value["start"]:value["end"]] == value["text"], item
                regions += 1

# What a person saves is what was predicted; the converter reads it as Label Studio exports it.
saved = [
    {"id": number, "data": task["data"], "annotations": [{"id": number, "was_cancelled": False, "completed_by": 1,
     "result": [dict(item, **({} if item["type"] == "relation" else {"origin": "prediction"})) for item in task["predictions"][0]["result"]]}]}
    for number, task in enumerate(tasks, 1)
]
back.write_text(json.dumps(saved, ensure_ascii=False), encoding="utf-8")
with tempfile.TemporaryDirectory() as folder:
    Converter(config, folder, download_resources=False).convert_to_json_min(str(back), folder, is_dir=False)
    converted = json.loads((Path(folder) / "result.json").read_text(encoding="utf-8"))
    spans = sum(len(task.get("label", [])) for task in converted)
    assert spans == regions, (spans, regions)
print(f"label-studio: {len(tasks)} tasks with {regions} regions are valid, and the converter finds as many")
