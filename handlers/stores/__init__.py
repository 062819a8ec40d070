"""Stores: what lies in each region's store. `keeping` writes it down, `listing` and `card` show it,
`counting` takes counts that were typed. Forbidden here: promising anything (the engine does)."""
