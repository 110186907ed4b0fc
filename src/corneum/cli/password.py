"""``corneum password``: set the password of somebody of the staff, at the machine of the clinic."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from corneum.clinic.accounts.models import User


def password(
    name: Annotated[str, typer.Argument(help="Log-in name.", show_default=False)],
    home: Annotated[Path, typer.Option("--home", help="Folder of the clinic.", exists=True, file_okay=False)] = Path(
        "clinic"
    ),
) -> None:
    """Set a new password: for an owner whom no other owner can help. It is asked for, and not shown.

    Example: corneum password ada --home /srv/clinic
    """
    from corneum.clinic.project.home import Home
    from corneum.clinic.project.serving import prepare

    if not Home(home).photographs.is_dir():
        raise typer.BadParameter(f"there is no clinic in {home}/", param_hint="--home")
    prepare(home)
    from corneum.clinic.accounts.models import User
    from corneum.clinic.accounts.services import set_password

    member = User.objects.filter(username=name).first()
    if member is None:
        raise typer.BadParameter(f"nobody in {home}/ logs in as {name!r}", param_hint="NAME")
    set_password(by=None, member=member, password=_asked(member), now=datetime.now(UTC))
    typer.echo(f"{member.name} logs in with the new password from now on; log-ins that were open have ended.")


def _asked(member: "User") -> str:
    """Return a password that was typed twice and is not weak."""
    from corneum.clinic.accounts.forms import NewPasswordForm

    while True:
        typed = typer.prompt("New password", hide_input=True, confirmation_prompt=True)
        form = NewPasswordForm({"new": typed}, user=member)
        if form.is_valid():
            return str(form.cleaned_data["new"])
        typer.echo(" ".join(str(one) for one in form.errors["new"]), err=True)
