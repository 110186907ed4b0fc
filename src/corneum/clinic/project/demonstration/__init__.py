"""A demonstration clinic: invented people whose records went through the real services, planner and measurement."""

from corneum.clinic.project.demonstration.making import Demonstration, DemonstrationRefused, open_demonstration

__all__ = ["Demonstration", "DemonstrationRefused", "open_demonstration"]
