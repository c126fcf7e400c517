"""All named registers. A new one is a file beside this one and a line here."""

from wiki.registers.named.actions import Actions
from wiki.registers.named.agreements import Agreements
from wiki.registers.named.changes import Changes
from wiki.registers.named.commitments import Commitments
from wiki.registers.named.decisions import Decisions
from wiki.registers.named.events import Events
from wiki.registers.named.lessons import Lessons
from wiki.registers.named.meetings import Meetings
from wiki.registers.named.mine import Mine
from wiki.registers.named.onboarding import Onboarding
from wiki.registers.named.people import People
from wiki.registers.named.practices import Practices
from wiki.registers.named.receipts import Receipts
from wiki.registers.named.register import Register
from wiki.registers.named.reviews import Reviews
from wiki.registers.named.risks import Risks

REGISTERS: dict[str, Register] = {
    one.key: one
    for one in (
        Commitments(),
        Actions(),
        Decisions(),
        Agreements(),
        Risks(),
        Meetings(),
        Events(),
        Lessons(),
        Practices(),
        Reviews(),
        People(),
        Onboarding(),
        Receipts(),
        Changes(),
        Mine(),
    )
}
