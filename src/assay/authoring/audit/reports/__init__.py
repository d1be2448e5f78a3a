"""Reports of audits: canonical JSON, and the same as SARIF, HTML and PDF."""
