"""One function per user intent: `verb_noun(what, ports) -> result`."""
