"""What roles are called, and what they mean, in words for people."""

from wiki.i18n import N_

#: Names of the roles, in English; translated when shown.
ROLE_NAMES = {
    "reader": N_("Reader"),
    "member": N_("Member"),
    "coordinator": N_("Coordinator"),
    "rep": N_("Representative"),
    "steward": N_("Steward"),
}

ROLE_MEANINGS = {
    "reader": N_("reads"),
    "member": N_("reads and writes"),
    "coordinator": N_("also looks after members and settings"),
    "rep": N_("writes, and agrees on behalf of the organisation"),
    "steward": N_("writes, and cares for the organisation's knowledge"),
}

#: What a space lets everybody do who is signed in.
DEFAULT_ROLE_CHOICES = {
    "none": N_("Nothing: only members know that it is there"),
    "reader": N_("Read"),
    "member": N_("Read and write"),
}

#: The same, said to members about everybody else.
DEFAULT_ROLE_SENTENCES = {
    "none": N_("Nobody else knows that this space is there, but for its public pages."),
    "reader": N_("Everybody else who is signed in may read here."),
    "member": N_("Everybody else who is signed in may read and write here."),
}
