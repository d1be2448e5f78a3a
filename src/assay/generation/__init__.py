"""Text models behind one port: embedded in a process of their own, or on any server by URL."""
