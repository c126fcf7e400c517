"""For those who hold an event: who comes, with what they need; guests invited; who came."""
