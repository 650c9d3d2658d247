"""Schemathesis asks `copytrail serve` what openapi.json allows and what it does not.

uv run python benchmarks/fuzz_server.py OUT [--seconds 120] [--seed 1]

OUT is an output folder with an index, `copytrail demo` and `copytrail index` make one. Schemathesis
is no dependency: `uv run --with` fetches it. Every answer has to fit its schema and status, no
answer may be a 500; a question of the right form may still have no answer (422) or name nothing
(404), which the description of a form cannot say.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

FORMS = """\
[checks]
positive_data_acceptance.expected-statuses = ["2xx", 400, 403, 404, 413, 422]
negative_data_rejection.expected-statuses = [400, 403, 404, 405, 408, 413, 415, 422]
"""


def main() -> int:
    """Starts the server, lets it be fuzzed, and returns the exit code of the fuzzer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output")
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    command = [sys.executable, "-m", "pipelines", "serve", arguments.output, "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        url = server.stdout.readline().split()[0].rstrip("/")
        with tempfile.TemporaryDirectory() as folder:
            forms = Path(folder) / "schemathesis.toml"
            forms.write_text(FORMS, "utf-8")
            fuzzer = ["uv", "run", "--no-project", "--with", "schemathesis>=4", "schemathesis"]
            options = ["--max-time", str(arguments.seconds), "--seed", str(arguments.seed)]
            done = subprocess.run(
                [*fuzzer, "--config-file", forms, "run", f"{url}/openapi.json", *options],
                check=False,
                cwd=folder,
            )
        return done.returncode
    finally:
        server.terminate()
        server.wait(timeout=60)


if __name__ == "__main__":
    sys.exit(main())
