"""Scored attempts as arrays: of one shard while it is read, of some shards, and of a whole cohort."""
