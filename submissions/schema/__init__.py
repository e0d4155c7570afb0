"""The tables. Only these and the migrations have column names."""
