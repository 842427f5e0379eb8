"""What brings PsyLite Desktop onto a machine; standard library only."""
