"""doccano takes the file into a project with its own importer and gives it back with its own exporter: python doccano_project.py OUT BACK.jsonl"""

import contextlib
import io
import json
import os
import sys
import tempfile
from pathlib import Path

out, back = Path(sys.argv[1]), Path(sys.argv[2])
work = tempfile.mkdtemp()
backend = next(path for path in map(Path, sys.path) if (path / "backend" / "manage.py").is_file()) / "backend"
sys.path.insert(0, str(backend))
os.environ.update(DJANGO_SETTINGS_MODULE="config.settings.development", DATABASE_URL=f"sqlite:///{work}/db.sqlite3", SECRET_KEY="a test")

import django  # noqa: E402

with contextlib.redirect_stdout(io.StringIO()):  # it tells where uploads would go
    django.setup()
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402

call_command("migrate", verbosity=0)
from data_export.models import ExportedExample  # noqa: E402
from data_export.pipeline.dataset import Dataset  # noqa: E402
from data_export.pipeline.factories import create_comment, create_formatter, create_labels, create_writer  # noqa: E402
from data_export.pipeline.services import ExportApplicationService  # noqa: E402
from data_import.datasets import load_dataset  # noqa: E402
from data_import.pipeline.catalog import RELATION_EXTRACTION, create_file_format  # noqa: E402
from data_import.pipeline.readers import FileName  # noqa: E402
from projects.models import ProjectType, SequenceLabelingProject  # noqa: E402

user = get_user_model().objects.create_user("checker")
project = SequenceLabelingProject.objects.create(
    name="quotations", description="", project_type=ProjectType.SEQUENCE_LABELING, use_relation=True, allow_overlapping=True,
    collaborative_annotation=True, created_by=user,
)
source = out / "doccano.jsonl"
dataset = load_dataset(RELATION_EXTRACTION, create_file_format("JSONL"), [FileName(str(source), source.name, source.name)], project)
dataset.save(user)
assert not dataset.errors, dataset.errors

examples = ExportedExample.objects.filter(project=project)
service = ExportApplicationService(Dataset(examples, create_labels(project, examples), create_comment(examples), True),
                                   create_formatter(project, "JSONL"), create_writer("JSONL"))
service.export(str(back))

read = lambda path: [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
before, after = read(source), read(back)
assert len(before) == len(after) > 0
for sent, got in zip(before, after):
    assert sent["text"] == got["text"] and sent["article_id"] == got["article_id"] and sent["quotations"] == got["quotations"]
    place = lambda span: (span["start_offset"], span["end_offset"], span["label"])
    assert sorted(map(place, sent["entities"])) == sorted(map(place, got["entities"]))
    ends = lambda line: sorted(
        (relation["type"], *(place(next(span for span in line["entities"] if span["id"] == relation[key])) for key in ("from_id", "to_id")))
        for relation in line["relations"]
    )
    assert ends(sent) == ends(got)
print(f"doccano: {len(after)} documents, {sum(len(line['entities']) for line in after)} spans and "
      f"{sum(len(line['relations']) for line in after)} relations go in and come out")
