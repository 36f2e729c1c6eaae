"""The council's address book: list, correct, erase. People come into it as cases name them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import FormAnswersError
from engine.staff import address_book as staff
from engine.staff.roles import Right
from webui.access.rules import allow
from webui.access.session import person
from webui.setup.forms import EntryForm
from webui.shell.forms import show_problems
from webui.shell.office import office

blueprint = Blueprint("address_book", __name__)


@blueprint.get("/address-book")
@allow(Right.KEEP_ADDRESS_BOOK)
def entries() -> str:
    return render_template(
        "setup/address_book.html", entries=staff.list_entries(office().database, person().council_id)
    )


@blueprint.route("/address-book/<entry_id>", methods=["GET", "POST"])
@allow(Right.KEEP_ADDRESS_BOOK)
def change_entry(entry_id: str) -> Response | str:
    entry = staff.find_entry(office().database, person().council_id, entry_id)
    form = EntryForm(obj=entry)
    if form.validate_on_submit():
        try:
            staff.change_entry(
                office().database, person().council_id, entry_id, by=person().name, name=form.name.data or "",
                role=form.role.data, email=form.email.data, phone=form.phone.data, agency=form.agency.data,
            )  # fmt: skip
        except FormAnswersError as error:
            show_problems(form, error)
        else:
            flash(f"{form.name.data} is corrected.", "success")
            return redirect(url_for("address_book.entries"))
    return render_template("setup/entry.html", form=form, entry=entry, has_errors=bool(form.errors))


@blueprint.route("/address-book/<entry_id>/erase", methods=["GET", "POST"])
@allow(Right.KEEP_ADDRESS_BOOK)
def erase_entry(entry_id: str) -> Response | str:
    """First what erasing means; then it is done."""
    entry = staff.find_entry(office().database, person().council_id, entry_id)
    if request.method == "POST":
        staff.erase_entry(office().database, person().council_id, entry_id, by=person().name)
        flash(f"{entry.name} is erased from the address book.", "success")
        return redirect(url_for("address_book.entries"))
    return render_template("setup/erase_entry.html", entry=entry)
