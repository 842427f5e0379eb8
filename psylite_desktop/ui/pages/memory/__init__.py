"""What I remember: notes between talks, all of them in the person's hands."""
