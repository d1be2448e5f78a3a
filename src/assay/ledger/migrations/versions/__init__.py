"""One file per revision, named like the revision: NNNN_area."""
