"""The clinic's own top floor: settings, addresses, who may open which, and how it starts."""
