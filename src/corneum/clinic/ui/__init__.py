"""The look: base templates, style sheet, scripts, and how numbers and units are written."""
