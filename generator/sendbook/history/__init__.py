"""What changed: versions of records in git, their comparison, and the telling of it. Compares what a reader may see."""
