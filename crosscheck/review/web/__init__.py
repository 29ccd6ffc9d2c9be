"""The page and the HTTP API of review, server-rendered; nothing is loaded from elsewhere."""
