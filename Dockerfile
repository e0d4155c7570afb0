# One image with two entry points: `serve` (the default) and `worker`. It needs no capability and no flag of docker run,
# and it works with a read-only root, a volume at /data and a tmpfs at /tmp.
#
# The base is named by its tag. For a build that can be repeated to the byte, pin the digest your registry shows for it:
# docker build --build-arg BASE=python:3.11-slim-bookworm@sha256:...
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
RUN python -m venv /opt/chainrule
# docker build --build-arg LOCK=requirements-tracing.lock: with what OpenTelemetry traces need
ARG LOCK=requirements.lock
COPY requirements.lock requirements-tracing.lock requirements-build.lock ./
RUN /opt/chainrule/bin/pip install --require-hashes -r "${LOCK:-requirements.lock}"
RUN pip install --require-hashes -r requirements-build.lock
COPY pyproject.toml README.md ./
COPY app ./app
COPY grader ./grader
COPY reference ./reference
COPY submissions ./submissions
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /build/wheels .
RUN /opt/chainrule/bin/pip install --no-deps --no-index --find-links /build/wheels chainrule

FROM ${BASE}
RUN groupadd --gid 65532 chainrule \
    && useradd --uid 65532 --gid 65532 --no-create-home --home-dir /data --shell /usr/sbin/nologin chainrule \
    && install --directory --owner=65532 --group=65532 --mode=0700 /data
COPY --from=build /opt/chainrule /opt/chainrule
ENV PATH=/opt/chainrule/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    CHAINRULE_DATA_DIR=/data \
    CHAINRULE_ENVIRONMENT=production \
    CHAINRULE_HOST=0.0.0.0 \
    CHAINRULE_LOG_FORMAT=json \
    CHAINRULE_PORT=8000
USER 65532:65532
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["chainrule"]
CMD ["serve"]
