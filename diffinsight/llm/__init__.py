"""Any OpenAI-compatible service: what it refuses is left out, what it breaks is tried again."""

from diffinsight.llm.client import OpenAIModel, open_model

__all__ = ["OpenAIModel", "open_model"]
