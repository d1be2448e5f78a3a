"""Image models behind one port: our own generator, a diffusers folder, or any server by URL."""
