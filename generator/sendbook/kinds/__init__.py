"""What is special about each shipped kind of record; a kind without anything here works by its schema alone."""
