"""What roles are called, and what they mean, in words for people."""

#: Names of the roles, in English; translated when shown.
ROLE_NAMES = {
    "reader": "Reader",
    "member": "Member",
    "coordinator": "Coordinator",
    "rep": "Representative",
    "steward": "Steward",
}

ROLE_MEANINGS = {
    "reader": "reads",
    "member": "reads and writes",
    "coordinator": "also looks after members and settings",
    "rep": "writes, and agrees on behalf of the organisation",
    "steward": "writes, and cares for the organisation's knowledge",
}

#: What a space lets everybody do who is signed in.
DEFAULT_ROLE_CHOICES = {
    "none": "Nothing: only members know that it is there",
    "reader": "Read",
    "member": "Read and write",
}

#: The same, said to members about everybody else.
DEFAULT_ROLE_SENTENCES = {
    "none": "Nobody else knows that this space is there, but for its public pages.",
    "reader": "Everybody else who is signed in may read here.",
    "member": "Everybody else who is signed in may read and write here.",
}
