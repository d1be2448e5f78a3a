"""Text and image models, each behind one port: run here, or on any server by URL."""
