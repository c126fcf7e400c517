"""All tables, one noun a file."""

from wiki.models.account import Account, Attempt, Login, Ticket, Token
from wiki.models.attachment import Attachment, Blob
from wiki.models.base import Base
from wiki.models.conversation import Comment, Mention, Suggestion, Thread
from wiki.models.event import Draft, Event, Outgoing
from wiki.models.event_signup import EventFeedback, EventInvitation, EventSignup
from wiki.models.finding import FeedKey, SavedSearch
from wiki.models.imported import Imported
from wiki.models.letter import SpaceLetter
from wiki.models.notice import LogRead, Notice, Watch, Wishes
from wiki.models.own import CaughtUp, Seen, Star
from wiki.models.page import (
    ACCESS_LEVELS,
    FieldValue,
    Link,
    Page,
    PageReader,
    Redirect,
    Rendering,
    Revision,
    Row,
)
from wiki.models.passage import FileText, SearchPassage, SearchPast
from wiki.models.path import Enrolment, StepTaken
from wiki.models.presence import Presence
from wiki.models.question import REASONS, Question, QuestionAnswer, QuestionAsked
from wiki.models.receipt import ReadingAsked, ReadingRequest, Receipt
from wiki.models.search import SearchSpelling, SearchSynonym, SearchText, SearchVersion
from wiki.models.space import ROLES, Membership, Space
from wiki.models.template import TemplateComment, TemplateProposal, TemplateVersion
from wiki.models.thanks import ReuseAsked, Thanks
from wiki.models.unattended import ToldUnattended

__all__ = [
    "ACCESS_LEVELS",
    "REASONS",
    "ROLES",
    "Account",
    "Attachment",
    "Attempt",
    "Base",
    "Blob",
    "CaughtUp",
    "Comment",
    "Draft",
    "Enrolment",
    "Event",
    "EventFeedback",
    "EventInvitation",
    "EventSignup",
    "FeedKey",
    "FieldValue",
    "FileText",
    "Imported",
    "Link",
    "LogRead",
    "Login",
    "Membership",
    "Mention",
    "Notice",
    "Outgoing",
    "Page",
    "PageReader",
    "Presence",
    "Question",
    "QuestionAnswer",
    "QuestionAsked",
    "ReadingAsked",
    "ReadingRequest",
    "Receipt",
    "Redirect",
    "Rendering",
    "ReuseAsked",
    "Revision",
    "Row",
    "SavedSearch",
    "SearchPassage",
    "SearchPast",
    "SearchSpelling",
    "SearchSynonym",
    "SearchText",
    "SearchVersion",
    "Seen",
    "Space",
    "SpaceLetter",
    "Star",
    "StepTaken",
    "Suggestion",
    "TemplateComment",
    "TemplateProposal",
    "TemplateVersion",
    "Thanks",
    "Thread",
    "Ticket",
    "Token",
    "ToldUnattended",
    "Watch",
    "Wishes",
]
