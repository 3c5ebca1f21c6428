#!/bin/sh
# What the end-to-end tests run with: a Docker daemon at hand, or Docker and a base image for one
# of their own. The base image comes from Debian's packages, so no image registry is needed.
set -eu

if docker info > /dev/null 2>&1; then
    exit 0 # the tests take the daemon that runs, and Docker's own Python image
fi
if [ "$(id -u)" != 0 ]; then
    echo "end-to-end tests: no Docker daemon answers; start one, or run as root" >&2
    exit 1
fi

if ! command -v dockerd > /dev/null || ! command -v mmdebstrap > /dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends \
        docker.io mmdebstrap > /dev/null
fi

cache="${XDG_CACHE_HOME:-$HOME/.cache}/diffinsight-e2e"
base="$cache/base.tar"
if [ ! -s "$base" ]; then
    mkdir -p "$cache"
    mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -m 1 '/debian/*$' || true)
    # Without a name that ends in .tar, mmdebstrap would leave a folder.
    mmdebstrap --quiet --variant=minbase --include=python3,python3-venv,git,ca-certificates \
        trixie "$cache/part.$$.tar" ${mirror:+"$mirror"}
    mv "$cache/part.$$.tar" "$base"
fi
