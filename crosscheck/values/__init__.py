"""The algebra: sets of possibilities and how two of them relate. Pure; no text, no files."""
