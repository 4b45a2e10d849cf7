"""What pages look up: made once for each version of the catalog, instead of gone through."""
