"""Practices among peers: saying that one tried it too, and making a version of one's own with credit and care."""
