# A worker of copytrail for Dataflow, or for any cluster that runs containers; docs/operations/dataflow.md.
# The environment is the one of uv.lock, and nothing is fetched when a worker starts.
ARG PYTHON=3.11
ARG BEAM=2.77.0

# Beam's launcher, which Dataflow starts; the tag has to be the Beam of uv.lock (a test compares them)
FROM apache/beam_python${PYTHON}_sdk:${BEAM} AS beam

FROM python:${PYTHON}-slim-bookworm
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /usr/local/bin/uv
COPY --from=beam /opt/apache/beam /opt/apache/beam
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never UV_NO_CACHE=1
WORKDIR /opt/copytrail
COPY pyproject.toml uv.lock README.md LICENSE CHANGELOG.md ./
# what changes seldom first: a changed source file leaves this layer as it is
# pip, which Beam's launcher asks what is installed
RUN uv venv --seed && uv sync --locked --no-default-groups --group dataflow --extra s3 --no-install-project
COPY schemas schemas
COPY dedupe dedupe
COPY sources sources
COPY pipelines pipelines
COPY configs configs
RUN uv sync --locked --no-default-groups --group dataflow --extra s3
ENV PATH=/opt/copytrail/.venv/bin:$PATH
# boot must run as it is: Dataflow says with RUN_PYTHON_SDK_IN_DEFAULT_ENVIRONMENT not to make a venv of its own
ENV RUN_PYTHON_SDK_IN_DEFAULT_ENVIRONMENT=1
RUN useradd --system --create-home copytrail
USER copytrail
ENTRYPOINT ["/opt/apache/beam/boot"]
