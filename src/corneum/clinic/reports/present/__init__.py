"""Results, outcomes and copies as pages, files and figures."""
