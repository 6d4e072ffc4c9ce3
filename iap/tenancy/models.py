"""No models: row security knows none. The module is here so that Django tells this app after migrating."""
