"""datapackage.json names every table, file, column and key of a run."""

import hashlib
import json
from pathlib import Path

import pyarrow.parquet as pq

from pipelines.output.data_package import data_package
from pipelines.run.outcome import Outcome
from schemas.tables import TABLES
from tests.runs.makers import table


def package(run: Outcome) -> dict[str, object]:
    content: dict[str, object] = json.loads(Path(run.path, "datapackage.json").read_bytes())
    return content


def test_it_stands_beside_the_tables_with_its_digest_in_the_manifest(sample_run: Outcome) -> None:
    content = Path(sample_run.path, "datapackage.json").read_bytes()
    record = sample_run.manifest["package"]
    assert record["sha256"] == hashlib.sha256(content).hexdigest()
    assert record["bytes"] == len(content)
    assert package(sample_run) == data_package(sample_run.manifest)


def test_every_file_and_column_of_a_table_is_described(sample_run: Outcome) -> None:
    resources = data_package(sample_run.manifest)["resources"]
    assert [resource["name"] for resource in resources] == list(TABLES)
    for resource in resources:
        files = [Path(sample_run.path, path) for path in resource["path"]]
        assert sum(file.stat().st_size for file in files) == resource["bytes"]
        columns = [field["name"] for field in resource["schema"]["fields"]]
        assert all(pq.read_schema(file).names == columns for file in files)
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_keys_are_keys_in_the_rows_of_a_run(sample_run: Outcome) -> None:
    by_name = {
        resource["name"]: resource for resource in data_package(sample_run.manifest)["resources"]
    }
    assert by_name["cluster_timeline"]["schema"]["foreignKeys"]
    for name, resource in by_name.items():
        rows = table(sample_run, name)
        for key in resource["schema"].get("primaryKey", ()):
            values = [row[key] for row in rows]
            assert len(set(values)) == len(values), (name, key)
        for foreign in resource["schema"].get("foreignKeys", ()):
            (column,), target = foreign["fields"], foreign["reference"]
            named = {row[column] for row in rows} - {None}
            known = {row[target["fields"][0]] for row in table(sample_run, target["resource"])}
            assert named <= known, (name, column)
