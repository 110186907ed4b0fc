"""What changed between two photographs of a client, with its error; compared by eye, and rated blind."""
