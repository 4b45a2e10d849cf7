"""Look-up tables for pages, made once for each version of the catalog."""
