"""A real model behind llama.cpp's server: only where somebody has put one.

``DIFFINSIGHT_TEST_GGUF=model.gguf pytest tests/integration/test_model_real.py``, with PyPI
`xllamacpp` installed; see docs/models.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing

import pytest
from support.doc_changes import analysed, pages

from diffinsight import languages
from diffinsight.conversation import ModelSettings
from diffinsight.engines.model.engine import ModelEngine
from diffinsight.llm import open_model

GGUF = os.environ.get("DIFFINSIGHT_TEST_GGUF", "")
pytestmark = pytest.mark.skipif(not GGUF, reason="DIFFINSIGHT_TEST_GGUF names no model")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    xllamacpp = pytest.importorskip("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path = GGUF
    params.n_ctx = 16_384
    params.n_parallel = 2
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server


def test_a_server_that_nobody_here_wrote_is_understood(url: str) -> None:
    settings = ModelSettings(base_url=url, model="local", api_key="none", concurrency=2)
    with closing(open_model(settings)) as model:
        composed = ModelEngine(phrases=languages.load("en"), model=model).compose(
            analysed(pages(2, folders=2))
        )
    assert composed.use.calls >= 2
    assert composed.use.output_tokens > 0
    understood = {"model-used", "model-untrue", "model-malformed", "model-cut-off"}
    told = {note.kind for note in composed.analysis.notes if note.kind.startswith("model-")}
    assert told <= understood
