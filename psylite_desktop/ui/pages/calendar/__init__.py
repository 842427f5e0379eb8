"""A calendar file with neutral reminders."""
