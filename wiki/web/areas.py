"""The areas of the interface, each a blueprint."""

from flask import Flask
from flask_wtf import CSRFProtect

from wiki.account.routes import account
from wiki.admin.routes import admin
from wiki.api.routes import api
from wiki.attachments.routes import attachments
from wiki.conversation.routes import conversation
from wiki.conversation.suggested.routes import suggestions
from wiki.duplicates.routes import duplicates
from wiki.editor.routes import editor
from wiki.events.dates.routes import dates
from wiki.events.guests.routes import guests
from wiki.events.hosting.routes import hosting
from wiki.events.routes import events
from wiki.finding.beside.routes import beside
from wiki.finding.kept.routes import kept
from wiki.finding.related.routes import related_pages
from wiki.finding.routes import finding
from wiki.handover.closing.routes import closing
from wiki.handover.leaving.routes import leaving
from wiki.handover.routes import handover
from wiki.history.routes import history
from wiki.holdings.routes import holdings
from wiki.home.routes import home
from wiki.imports.routes import imports
from wiki.later.routes import later
from wiki.lessons.routes import lessons
from wiki.letters.routes import letters_of_spaces
from wiki.lifecycle.routes import lifecycle
from wiki.notices.routes import notices
from wiki.notices.stop.routes import stopping
from wiki.own.routes import own
from wiki.packs.exchange.routes import packs
from wiki.packs.proposals.routes import proposals as template_proposals
from wiki.packs.routes import templates
from wiki.packs.upgrades.routes import upgrades
from wiki.pages.routes import pages
from wiki.paths.routes import paths
from wiki.people.routes import people
from wiki.practices.routes import practices
from wiki.questions.asking.routes import asking
from wiki.questions.routes import questions
from wiki.receipts.routes import receipts
from wiki.registers.named.routes import named
from wiki.registers.routes import registers
from wiki.spaces.routes import spaces
from wiki.thanks.routes import thanks
from wiki.web.basics import basics
from wiki.writing.routes import writing


def register(app: Flask, csrf: CSRFProtect) -> None:
    for blueprint in (
        basics,
        home,
        people,
        account,
        own,
        notices,
        stopping,
        admin,
        finding,
        beside,
        related_pages,
        kept,
        later,
        letters_of_spaces,
        lifecycle,
        lessons,
        handover,
        leaving,
        closing,
        conversation,
        suggestions,
        duplicates,
        events,
        hosting,
        dates,
        guests,
        practices,
        thanks,
        history,
        holdings,
        imports,
        templates,
        template_proposals,
        packs,
        upgrades,
        attachments,
        editor,
        registers,
        named,
        asking,
        questions,
        receipts,
        writing,
        paths,
        pages,
        spaces,
    ):
        app.register_blueprint(blueprint)
    app.register_blueprint(api)
    csrf.exempt(api)
    csrf.exempt(stopping)  # mail programs send what it takes; the address is the secret
