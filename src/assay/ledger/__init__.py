"""Chain events in SQL, and the lineage graph that they and the artefacts form."""
