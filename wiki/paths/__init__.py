"""Reading paths: who is on which, what they have done of it, and who walks along."""
