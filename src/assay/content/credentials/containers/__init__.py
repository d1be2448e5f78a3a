"""Where files of each format hold a manifest, found without decoding and taken out exactly."""
