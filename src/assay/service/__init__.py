"""The HTTP service: `assay up`. One route module per area; nothing here decides anything."""
