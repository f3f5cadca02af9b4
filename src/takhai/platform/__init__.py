"""Everything a fishing-licence office would need too: intake, work units, keys, numbered problems."""
