"""Writers of benefits."""
