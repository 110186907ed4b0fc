"""Intake: private links, the answers of a client, screening, concerns, check-ins and the inbox of what worries."""
