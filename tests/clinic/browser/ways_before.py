"""The first ways: the clinic is set up, a client comes, answers, is seen, photographed, and agrees to a plan."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.clinic.browser.faces import close_up, shots
from tests.clinic.browser.person import PASSWORD

STAFF = (
    ("clara", "Dr. Clara Placeholder", "clinician"),
    ("petra", "Petra Sample", "practitioner"),
    ("rita", "Rita Specimen", "reception"),
    ("arno", "Arno Nobody", "auditor"),
)


def owner_opens_the_clinic(owner):
    """The first page, staff with roles, room, device, price and lot."""
    owner.first_run("Olga Example", "olga").is_at("/$|/today/|/clinic/")
    for username, name, role in STAFF:
        owner.open("/clinic/staff/new/").fill(name=name, username=username, password=PASSWORD).choose(role=role)
        owner.press("Save", "main").reads(name)
    owner.open("/stock/rooms/new/").fill(name="Room 1").press("Save", "main").reads("Room 1")
    owner.open("/stock/devices/new/").fill(label="Diamond handpiece", vacuum_low="10", vacuum_high="34 kPa")
    owner.choose(model="diamond").fill(grit_list="60 um, 100 um", tip="6 mm", load="0.2 N")
    # A setting without a unit is refused, in words, and nothing that was typed is lost.
    owner.press("Save", "main").reads("please look at the marked fields").fill(vacuum_low="10 kPa")
    owner.press("Save", "main").reads("Diamond handpiece")
    owner.open("/stock/prices/new/").choose(kind="session").fill(label="Session", amount="90", currency="EUR")
    owner.press("Save", "main").reads("90.00 EUR")
    owner.open("/stock/items/new/").choose(kind="tip", unit="piece").fill(name="Sterile tip", low_at="2")
    owner.press("Save", "main").reads("Sterile tip")
    owner.open("/stock/receive/").choose_text("item", "Sterile tip").fill(number="TIP-2027-A", amount="20")
    owner.press("Save", "main").reads("TIP-2027-A")


def reception_books(reception, today):
    """A client is written down, comes at once, and is booked for another day; nobody is booked twice."""
    reception.open("/clients/new/").fill(name="Nora Invented", called="Nora", born="1985-04-12", phone="+43 1 5550199")
    reception.press("Save", "main").reads("Nora Invented").is_at(r"/clients/[0-9a-f-]{36}/$")
    client = reception.path
    reception.open("/visits/walk-in/").page.locator("#whom").press_sequentially("Nor", delay=20)
    if not reception.script:
        reception.press("Find", "main")
    reception.follow("Nora Invented", "#people", exact=False)
    reception.choose_text("practitioner", "Petra Sample").press("Begin now").is_at("/today/").reads("Nora Invented")
    day = today + timedelta(days=14)
    for number, at in enumerate(("10:00", "10:30")):
        reception.open(f"/visits/new/?client={client.split('/')[2]}").fill(day=day, at=at)
        reception.choose_text("practitioner", "Petra Sample").choose_text("device", "Diamond").press("Book", "main")
        if number == 0:
            reception.is_at("/today/|/visits/").reads("Nora Invented")
    reception.is_at("/visits/new/").sees(".notice.stop")
    reception.open(f"/calendar/?day={day}").reads("Nora")
    reception.open("/today/").press("Nora Invented: Into the room").sees(".visit.in_room")
    return client


def private_link(reception, client, *scopes):
    """Make a private link, which is shown once; return its address."""
    reception.open(f"{client}links/").tick("scopes", *scopes).press("Make the link")
    address = reception.page.locator("#address").input_value()
    reception.sees(".code svg")
    reception.open(f"{client}links/").does_not_read(address)
    return address


def client_answers(tablet, link, answers):
    """Questions from the rules, on the tablet: begun, left, come back to, and handed in."""
    tablet.open(link).press("Go on").reads("Hello Nora").follow("Begin")
    tablet.tick("zones", "cheek", "forehead").press("Save and go on")
    if tablet.script:
        _answered_live(tablet)
    else:
        tablet.page.locator("fieldset.question input[type=radio]").first.check()
    tablet.press("Save and stop here").is_at("/my/$").follow("Go on answering").press("Save and go on")
    while tablet.page.get_by_role("button", name="Save and go on").is_visible():
        _answered(tablet, **answers)
        tablet.press("Save and go on")
        tablet.page.wait_for_load_state()
    tablet.is_at("/my/$").press("Hand in").reads("handed in")


def _answered_live(person):
    # The first choice of a page, saved by itself as it is made.
    choice = person.page.locator(".question-block .choice").first
    choice.click()
    person.sees(".question-block .saved:not(:empty)")


def _answered(person, **answers):
    """Answer a page of questions with no, never or the first choice; others as given, by their number."""
    person.page.evaluate(_ANSWER, answers)


_ANSWER = """(answers) => {
  for (const question of document.querySelectorAll("fieldset.question")) {
    const radios = [...question.querySelectorAll("input[type=radio]")];
    const name = radios[0]?.name ?? "";
    const wanted = answers[name] ? [answers[name]] : ["no", "none", "never"];
    const found = wanted.map((value) => radios.find((one) => one.value === value)).find(Boolean) ?? radios[0];
    if (found && !radios.some((one) => one.checked)) found.checked = true;
    const unknown = question.querySelector("input[name$='~unknown']");
    const typed = question.querySelector("input[type=date], input[type=text]");
    if (typed && answers[typed.name]) typed.value = answers[typed.name];
    else if (typed && !typed.value && unknown) unknown.checked = true;
  }
}"""


def signed_by_hand(person, name, *purposes):
    """Sign a sheet with the mouse, for the uses that are ticked; without a script the name alone."""
    person.fill(client_name=name)
    for purpose in purposes:
        person.page.locator(f".uses input[value={purpose}]").check()
    if not person.script:
        return person
    for pad in person.page.locator("[data-pad] canvas").all():
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        mouse = person.page.mouse
        mouse.move(box["x"] + 30, box["y"] + 0.7 * box["height"])
        mouse.down()
        for step in range(12):
            mouse.move(box["x"] + 30 + 22 * step, box["y"] + box["height"] * (0.3 if step % 2 else 0.7))
        mouse.up()
    return person


def client_consents(tablet, kind, *purposes):
    """A sheet is read and signed on the tablet, with the mouse for a finger."""
    tablet.open(f"/my/consent/{kind}/").sees(".consent-sheet h2")
    signed_by_hand(tablet, "Nora Invented", *purposes).tick("understood")
    if not tablet.script:
        tablet.tick("client_typed")
    tablet.press("Sign").is_at("/my/sheets/")
    tablet.sees("figure.signed img" if tablet.script else "figure.signed .typed")


def consultation(clinician, client, rule, decision="note"):
    """A concern on the drawing, the verdict with its reasons, and a stop overridden with a reason that stays."""
    clinician.open(f"{client}intake/").sees(f"#verdict details.finding:has-text('{rule}')")
    face = clinician.page.locator("#concerns svg.view").first
    box = face.bounding_box()
    face.click(position={"x": 0.27 * box["width"], "y": 0.56 * box["height"]})
    if not clinician.script:
        clinician.follow("Add a concern here")
    _placed(clinician, "dullness")
    clinician.sees(".finding h3:has-text('Cheek')")
    _placed(clinician.open(f"{client}intake/concern/").choose(zone="forehead"), "roughness")
    clinician.sees(".finding h3:has-text('Forehead')")
    clinician.open(f"{client}intake/override/{rule}/").sees(".sides")
    clinician.tick("verdict", decision).press("Override").sees(":invalid")
    clinician.fill(why="Redness is quiet for months; seen with the dermatologist.").press("Override")
    clinician.is_at("/intake/$").reads("Overridden", "seen with the dermatologist")


def _placed(clinician, concern):
    clinician.choose(concern=concern)
    if not clinician.script:
        clinician.press("On to its scale")
    clinician.tick("severity", "mild").press("Add concern")


def photographs(practitioner, client):
    """One with the camera, which says what it sees; one from a file. Without a script both from files."""
    if practitioner.script:
        practitioner.open(f"{client}photographs/camera/?view=front").waits_for("#gates li", 90)
        practitioner.page.locator("#shutter").click()
        practitioner.press("Accept").waits_for("#kept img", 90)
    else:
        practitioner.open(f"{client}photographs/camera/").sees("noscript .notice")
        practitioner.page.locator("noscript .notice a").click()
        practitioner.choose(view="front")
        upload(practitioner, shots()[0], "IMG_0001.jpg").press("Take in").is_at("/photographs/")
    practitioner.open(f"{client}photographs/add/").choose(view="close_up", site="forehead")
    upload(practitioner, close_up(), "IMG_0007.jpg")
    practitioner.press("Take in").is_at("/photographs/")
    practitioner.open(f"{client}photographs/").sees(".shots img", 2)


def upload(person, data, name):
    file = {"name": name, "mimeType": "image/jpeg", "buffer": data}
    person.page.locator("main input[type=file]").set_input_files([file])
    return person


def plan_is_drafted(practitioner, client):
    """A draft from what the client wishes, planned beside the pages; return its address."""
    practitioner.open(f"{client}plans/new/").page.locator("[name=devices]").first.check()
    # What was placed on the drawing is there already.
    expect(practitioner.field("goals-0-concern")).to_have_value("dullness")
    expect(practitioner.field("goals-0-zone")).to_have_value("cheek")
    practitioner.fill(sessions="6").press("Plan a draft").waits_for("#face-table, .reasons", 300).sees("#face-table")
    return practitioner.path


def settings_are_tried(practitioner, plan):
    """Sliders redraw the depth, the section and the curves; nothing is saved. Without a script a button does."""
    practitioner.open(f"{plan}what-if/").sees("#look svg")
    if practitioner.script:
        before = practitioner.page.locator("#look").inner_html()
        slider = practitioner.sees("main input[type=range]").first
        with practitioner.page.expect_response(lambda answer: "what-if" in answer.url):
            slider.press("End" if float(slider.input_value()) == float(slider.get_attribute("min")) else "Home")
    else:
        practitioner.fill(vacuum="30").press("Show")
    practitioner.sees("#look .pairs th:has-text('These settings')")
    practitioner.reads("Cross-section", "Depth map", "The first days")
    if practitioner.script:
        assert practitioner.page.locator("#look").inner_html() != before


def plan_is_shown(practitioner, plan):
    """The client's version on a second screen, in the client's words; a mark on the plan says that it was shown."""
    practitioner.open(plan)
    with practitioner.page.expect_popup() as opened:
        practitioner.press("Show to the client")
    screen = opened.value
    expect(screen.locator("main section.sheet").first).to_be_visible()
    assert screen.url.endswith("/shown/") and not screen.locator("nav, form").count()
    if practitioner.script:
        practitioner.page.locator("[data-parts] button").nth(1).click()
        expect(screen.locator("section.chosen")).to_have_count(1)
    screen.close()
    practitioner.open(plan).reads("Shown to the client")
