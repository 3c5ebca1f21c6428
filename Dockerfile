# Any image with Python 3.11 or later will do; git and certificates are added where they are missing.
ARG BASE_IMAGE=python:3.13-slim

FROM ${BASE_IMAGE} AS packages
COPY requirements.txt /tmp/requirements.txt
RUN python3 -m venv /opt/diffinsight/venv \
    && /opt/diffinsight/venv/bin/pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes --only-binary=:all: --requirement /tmp/requirements.txt \
    && /opt/diffinsight/venv/bin/pip uninstall --yes --quiet pip
COPY diffinsight /opt/diffinsight/lib/diffinsight
COPY entrypoint.py /opt/diffinsight/entrypoint.py
# A .pth file, because the isolated interpreter below looks nowhere else.
RUN echo /opt/diffinsight/lib \
        > "$(/opt/diffinsight/venv/bin/python -c 'import site; print(site.getsitepackages()[0])')/diffinsight.pth" \
    && /opt/diffinsight/venv/bin/python -m compileall -q --invalidation-mode unchecked-hash \
        /opt/diffinsight/lib

FROM ${BASE_IMAGE}
# The distribution's git of the day: a pinned one would be gone from its mirrors with the next fix.
# hadolint ignore=DL3008
RUN command -v git > /dev/null && test -s /etc/ssl/certs/ca-certificates.crt \
    || { apt-get update \
        && apt-get install --yes --no-install-recommends ca-certificates git \
        && rm -rf /var/lib/apt/lists/*; }
COPY --from=packages /opt/diffinsight /opt/diffinsight
# Root and no working directory: https://docs.github.com/actions/reference/workflows-and-actions/dockerfile-support
# -I keeps the workspace, somebody's pull request, and PYTHON* variables away from the interpreter.
ENTRYPOINT ["/opt/diffinsight/venv/bin/python", "-I", "/opt/diffinsight/entrypoint.py"]
