"""Editorial review: what a desk makes of findings, kept for as long as it works with them.

``store`` keeps articles, claims, findings and an append-only log of decisions in SQLite or
PostgreSQL; the page, the terminal and the exports stand on it and on nothing else.
"""
