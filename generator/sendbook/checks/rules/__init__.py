"""The rules that belong to no single kind of record, one module a subject, each rule a function with its facts."""
