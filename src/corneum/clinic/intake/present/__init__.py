"""What the pages of intake show: questions, verdicts, the drawing."""
