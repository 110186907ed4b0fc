"""The staff: who they are, their roles, log-in and first run."""
