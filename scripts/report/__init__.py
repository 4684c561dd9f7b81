"""The one-file report: what it reads, how it looks, what it does in the browser."""
