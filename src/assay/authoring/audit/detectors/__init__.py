"""One file for each thing that goes wrong; each looks at one source at a time."""
