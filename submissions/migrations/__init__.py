"""The history of the schema. A step that rebuilds `gradings` on SQLite must create its trigger again."""
