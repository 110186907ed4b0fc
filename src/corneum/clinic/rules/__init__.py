"""The clinic's own rules: what is stricter here than as shipped, signed by a clinician, with every version kept."""
