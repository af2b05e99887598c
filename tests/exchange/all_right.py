"""Every score of an evaluation is 100: python all_right.py NAME SCORES.json …"""

import json
import sys

wrong, gold = [], 0
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as file:
        scores = json.load(file)
    assert any(score["gold"] for score in scores["scores"]), path
    for score in scores["scores"]:
        gold += score["gold"]
        if score["gold"] + score["predicted"] and score["f1"] != 100:
            wrong.append((scores["measure"], score))
assert not wrong, wrong
print(f"{sys.argv[1]}: {gold} annotations come home, F1 100")
