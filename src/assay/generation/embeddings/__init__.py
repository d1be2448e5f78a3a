"""Sentence embeddings: in this process, or by a server that speaks OpenAI's embeddings."""
