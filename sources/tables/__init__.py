"""From a table of texts to rows: JSON, CSV and Parquet as people and tools write them."""
