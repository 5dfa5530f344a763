"""The campus folder on disk: strict YAML with positions, schemas, records, terms and dates. Knows no reader."""
