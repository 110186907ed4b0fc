"""The plan of a course: drafted, looked at with other settings, shown to the client, approved by a clinician."""
