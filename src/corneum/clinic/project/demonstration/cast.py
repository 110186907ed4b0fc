"""Who is in the demonstration: invented, and named so that it shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from corneum.clinic.accounts.roles import Role

SIMULATED = (
    "Demonstration: an invented person. The photographs are simulated from a composite of several faces (DeBruine "
    "2016, CC BY 4.0), and every change in them was put in by a program: nobody was treated."
)


@dataclass(frozen=True)
class Member:
    """A member of the staff, by whose log-in a visitor looks around."""

    username: str
    name: str
    role: Role


STAFF = (
    Member("owner", "Olga Example", Role.OWNER),
    Member("clinician", "Dr. Clara Placeholder", Role.CLINICIAN),
    Member("practitioner", "Petra Sample", Role.PRACTITIONER),
    Member("reception", "Rita Specimen", Role.RECEPTION),
    Member("auditor", "Arno Nobody", Role.AUDITOR),
)


@dataclass(frozen=True)
class Person:
    """A client who never lived.

    Parameters
    ----------
    name, called, guardian, phone, email, language, note
        As the front desk writes them down.
    age
        Years on the day on which the demonstration is made.
    sex, phototype
        As the intake asks.
    concerns
        Concern, zone and level of the concern's scale.
    answers
        Where they differ from an unremarkable person's, by question.
    composite
        File of the averaged face from which the photographs are simulated; empty without photographs.
    weeks
        Of the photographs after the baseline.
    """

    name: str
    age: int
    sex: str
    phototype: str
    called: str = ""
    guardian: str = ""
    phone: str = ""
    email: str = ""
    language: str = "en"
    note: str = ""
    concerns: tuple[tuple[str, str, str], ...] = ()
    answers: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    composite: str = ""
    weeks: tuple[int, ...] = ()


ERIKA = Person(
    name="Erika Mustermann",
    called="Frau Mustermann",
    age=41,
    sex="female",
    phototype="II",
    phone="+43 1 5550101",
    email="erika@example.org",
    language="de",
    note=SIMULATED,
    concerns=(("photo_ageing", "cheek", "ii"), ("dullness", "forehead", "mild"), ("fine_lines", "periorbital", "i")),
    composite="f_wasian.jpg",
    weeks=(6, 8),
)
JANE = Person(
    name="Jane Sample",
    called="Jane",
    age=34,
    sex="female",
    phototype="V",
    phone="+44 20 7946 0102",
    email="jane@example.org",
    note=SIMULATED,
    concerns=(("uneven_tone", "cheek", "mild"), ("enlarged_pores", "nose", "mild")),
    answers=MappingProxyType({"pigment.marks": "yes"}),
    composite="f_african.jpg",
    weeks=(7,),
)
AMARA = Person(
    name="Amara Beispiel",
    called="Amara",
    age=41,
    sex="female",
    phototype="VI",
    phone="+43 1 5550103",
    email="amara@example.org",
    language="de",
    concerns=(("dullness", "cheek", "moderate"),),
)
JOHN = Person(
    name="John Placeholder",
    age=38,
    sex="male",
    phototype="IV",
    phone="+1 202 555 0104",
    email="john@example.org",
    concerns=(("roughness", "forehead", "mild"),),
    answers=MappingProxyType({"keloid.family": "don't know"}),
)
MAX = Person(
    name="Max Mustermann",
    called="Max",
    age=45,
    sex="male",
    phototype="III",
    phone="+43 1 5550105",
    email="max@example.org",
    language="de",
    concerns=(("enlarged_pores", "nose", "moderate"), ("dullness", "cheek", "mild")),
    answers=MappingProxyType({"birthmark.sites": ["cheek"]}),
)
MEI = Person(
    name="Mei Specimen",
    called="Mei",
    age=29,
    sex="female",
    phototype="III",
    phone="+1 202 555 0106",
    email="mei@example.org",
    concerns=(("acne_scars_atrophic", "cheek", "1"),),
)
OTTO = Person(
    name="Otto Normalverbraucher",
    age=61,
    sex="male",
    phototype="I",
    phone="+43 1 5550107",
    language="de",
    concerns=(("sun_damage", "forehead", "mild"),),
)
LIESCHEN = Person(
    name="Lieschen Müller",
    called="Lieschen",
    age=17,
    sex="female",
    phototype="II",
    guardian="Marie Müller",
    phone="+43 1 5550108",
    language="de",
    concerns=(("acne_comedonal", "forehead", "2"),),
    answers=MappingProxyType({"minor.looks_only": "yes"}),
)
