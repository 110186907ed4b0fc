"""The later ways: the treatment, the course with its check-ins and its result, and what an owner asks of it all."""

from playwright.sync_api import expect

from tests.clinic.browser.faces import shots
from tests.clinic.browser.ways_before import upload

SAVED = "#queue.saved"


def plan_is_approved(clinician, plan):
    clinician.open(plan)
    if clinician.page.locator("main [name=why]").count():
        clinician.fill(why="Seen with the client; the warnings were talked through.")
    clinician.press("Approve this version").reads("Approved")


def checks_are_made(person):
    """Every question of the day, with none of this, or no."""
    page = person.page
    for _ in range(80):
        if page.locator("#checks > .row > .tag.done").count():
            return
        group = page.locator("#checks details.group:has(summary .tag.wait)").first
        if group.get_attribute("open") is None:
            group.locator("summary").click()
        _answer_one(group)
        _sent(person)
    raise AssertionError("the questions of the day do not end")


def _answer_one(group):
    none = group.get_by_role("button", name="None of this")
    if none.count():
        return none.first.click()
    ask = group.locator("fieldset.ask:not(:has([aria-pressed=true])):not(:has(.tag.done))").first
    for name in ("No", "None", "no", "none"):
        if ask.get_by_role("button", name=name, exact=True).count():
            return ask.get_by_role("button", name=name, exact=True).first.click()
    if ask.locator("button.choice").count():
        return ask.locator("button.choice").first.click()
    field = ask.locator("input[type=number]")
    if field.count():
        field.fill("0")
    return ask.locator("form button.second").first.click()


def _sent(person):
    """Wait until the clinic has answered all taps; without a script each was a page of its own."""
    if person.script:
        expect(person.page.locator(SAVED)).to_be_visible(timeout=60_000)
    else:
        person.page.wait_for_load_state()


def rules_are_overridden(clinician, client):
    """What stands against the zones today passes with a clinician's reason, and stays visible."""
    clinician.open(f"{client}treatment/")
    while clinician.page.get_by_role("button", name="Override", exact=True).count():
        form = clinician.page.locator("form.said:has(button.stop)").first
        form.locator("[name=why]").fill("Seen today: quiet skin, as agreed in the consultation.")
        form.locator("button.stop").click()
        clinician.page.wait_for_load_state()


def session_is_opened(practitioner, client, number):
    practitioner.open(f"{client}treatment/")
    if not practitioner.page.locator("#checks").count():
        practitioner.press(f"Open session {number}", exact=False).sees("#checks")


def room_is_ticked(practitioner):
    """Eye shields, gloves, a sterile tip: one tap each."""
    for number in range(practitioner.page.locator(".tick-big").count()):
        tick = practitioner.page.locator(".tick-big").nth(number)
        if tick.get_attribute("aria-pressed") == "false":
            tick.click()
            _sent(practitioner)


def room_is_set_up(practitioner):
    room_is_ticked(practitioner)
    practitioner.choose_text("lot", "TIP-2027-A").press("Open lot").reads("TIP-2027-A · 1")
    _sent(practitioner)
    practitioner.press("Begin the treatment").sees("#room .tag.done")
    _sent(practitioner)


def zone_is_treated(practitioner):
    """Passes up to what is planned; one more only with a reason; bleeding closes the zone for good."""
    zone = practitioner.page.locator("[data-zone]").first
    free = int(zone.get_attribute("data-free"))
    for _ in range(free):
        zone.locator(".pass").click()
    _sent(practitioner)
    expect(zone.locator("[data-count]")).to_have_text(str(free))
    expect(zone.locator(".pass")).to_be_hidden()
    zone.locator("[data-up] button").first.click()
    _sent(practitioner)
    expect(zone.locator("[data-count]")).to_have_text(str(free + 1))
    zone.get_by_role("button", name="3", exact=True).click()
    _sent(practitioner)


def connection_is_lost(practitioner):
    """Taps wait in the browser, and are sent once when the connection is back; a closed page loses none."""
    zone = practitioner.page.locator("[data-zone]").first
    before = int(zone.locator("[data-count]").inner_text())
    with practitioner.without_connection():
        zone.get_by_role("button", name="Undo the last pass").click()
        zone.get_by_role("button", name="5", exact=True).click()
        expect(practitioner.page.locator("#queue")).to_contain_text("(2)")
        expect(zone.locator("[data-count]")).to_have_text(str(before - 1))
    _sent(practitioner)
    practitioner.page.reload()
    zone = practitioner.page.locator("[data-zone]").first
    expect(zone.locator("[data-count]")).to_have_text(str(before - 1))
    expect(zone.get_by_role("button", name="5", exact=True)).to_have_attribute("aria-pressed", "true")


def bleeding_stops(practitioner):
    zone = practitioner.page.locator("[data-zone]").last
    zone.get_by_role("button", name="Pinpoint bleeding").click()
    _sent(practitioner)
    expect(zone.locator("[data-closed]").first).to_be_visible()
    expect(zone.locator(".pass")).to_be_disabled()


def session_is_signed(practitioner):
    """Every point done or left out with a reason; then sealed."""
    page = practitioner.page
    page.locator("#in-note").fill("Even, light redness; cooled.")
    practitioner.press("Save the note")
    _sent(practitioner)
    for _ in range(12):
        if page.get_by_role("button", name="Sign and seal").is_enabled():
            break
        point = page.locator("#finish .point:not(.settled)").first
        done = point.get_by_role("button", name="Done", exact=True)
        if done.count() and "aftercare" in (point.inner_text().lower()):
            done.click()
        else:
            point.locator("details:not([open]) summary").click()
            point.locator("[name=why]").fill("settled by telephone before")
            point.get_by_role("button", name="Write down").click()
        _sent(practitioner)
    practitioner.press("Sign and seal").is_at("/treatment/[0-9a-f-]{36}/$").reads("signed and sealed")
    return practitioner.path


def first_session(practitioner, clinician, client):
    """Checks, the room, every zone, a step up with a reason, a lost connection, bleeding, and the signature."""
    session_is_opened(practitioner, client, 1)
    checks_are_made(practitioner)
    room_is_ticked(practitioner)
    rules_are_overridden(clinician, client)
    practitioner.open(f"{client}treatment/")
    room_is_set_up(practitioner)
    zone_is_treated(practitioner)
    if practitioner.script:
        connection_is_lost(practitioner)
    bleeding_stops(practitioner)
    return session_is_signed(practitioner)


def aftercare_is_given(practitioner, session):
    """Dated instructions as a page, as a sheet and for a calendar."""
    practitioner.open(f"{session}aftercare/").reads("After your treatment on", "We ask how it is")
    assert practitioner.page.request.get(f"{session}aftercare.pdf").body().startswith(b"%PDF")
    assert "BEGIN:VEVENT" in practitioner.page.request.get(f"{session}aftercare.ics").text()


def next_session(practitioner, client, number):
    """A session as quickly as it can be done rightly."""
    session_is_opened(practitioner, client, number)
    checks_are_made(practitioner)
    room_is_set_up(practitioner)
    zone = practitioner.page.locator("[data-zone]").first
    zone.locator(".pass").click()
    zone.get_by_role("button", name="2", exact=True).click()
    _sent(practitioner)
    return session_is_signed(practitioner)


def session_is_amended(practitioner, session):
    practitioner.open(session).unfold("Add an amendment")
    practitioner.fill(text="The left cheek had one pass more.", why="Read again on paper.").press("Add for good")
    practitioner.reads("signed and sealed", "The left cheek had one pass more.", "Read again on paper.")


def client_checks_in(tablet, link):
    """A day later the client says that an eye hurts, and is told what to do at once."""
    tablet.open(link).press("Go on").follow("Day 1 after", exact=False)
    page = tablet.page
    for question in page.locator("fieldset.question").all():
        eye = "eye" in question.locator("legend").inner_text().lower()
        question.locator(f"input[value={'yes' if eye else 'no'}], input[value='0']").first.check()
    tablet.press("Send").sees(".notice.stop[role=alert]")


def flag_is_seen(practitioner):
    practitioner.open("/inbox/").sees(".item.stop:has-text('Nora Invented')")
    practitioner.page.locator(".item.stop [name=note]").first.fill("Called; sent to the eye doctor at once.")
    practitioner.press("Seen", ".item.stop")


def client_sends_a_photograph(tablet):
    upload(tablet.open("/my/photographs/"), shots()[1], "IMG_0100.jpg")
    tablet.press("Send to the clinic").reads("What you sent")


def photograph_is_kept(practitioner, client):
    """What came from home waits for somebody to look; it goes into the record as the front view."""
    practitioner.open("/photographs/from-home/").choose(view="front").press("Take into the record")
    practitioner.open(f"{client}photographs/").sees("main .shots img")


def pair_is_measured(practitioner, client):
    """The follow-up against the baseline, with its table, and every way of looking at both."""
    practitioner.open(f"{client}compare/").press("Measure the change").waits_for(".numbers", 400)
    if not practitioner.script:
        practitioner.sees("[data-pane] img")
        return
    for mode in ("beside", "flicker", "slider", "map"):
        practitioner.page.locator(f"[data-mode={mode}]").click()
    practitioner.sees("[data-pane=map] img").first.evaluate("(one) => one.decode()")
    practitioner.unfold("±", ".numbers").sees(".numbers .told")


def pair_is_rated(practitioner, client):
    """Blind: who rates does not know which is later; the result is opened at the end."""
    practitioner.open(f"{client}compare/ratings/").press("Start").is_at("/ratings/[0-9a-f-]{36}/")
    practitioner.follow("Begin")
    while practitioner.page.locator("form[data-rating]").count():
        practitioner.page.locator("[name=choice]").nth(3).check()
        practitioner.press("Keep and go on")
        practitioner.page.wait_for_load_state()
    practitioner.press("Hand in").reads("Handed in").press("Open the result").reads("What the raters called it")


def course_is_reviewed(practitioner, client):
    practitioner.open(f"{client}course/")
    if practitioner.page.locator("#review-form").get_attribute("open") is None:
        practitioner.unfold("Write down a review")
    practitioner.tick("photographs", "no_change").tick("happened", "no").tick("wishes", "go_on").tick(
        "decision", "go_on"
    )
    practitioner.fill(why="Within the noise so far; the client wishes to go on.").press("Keep the decision")
    practitioner.reads("Within the noise so far")


def result_is_told(practitioner, client):
    practitioner.open(f"{client}result/").sees("article.result .two-pictures img")
    sheet = practitioner.page.locator("main a[href*='/pdf/']").first.get_attribute("href")
    assert practitioner.page.request.get(sheet).body().startswith(b"%PDF")


def owner_asks(owner, client):
    """Who was treated with a lot, what the clinic's outcomes are, a copy of the data, and the end of the record."""
    owner.open("/stock/treated/?lot=TIP-2027").reads("Nora Invented", "TIP-2027-A")
    owner.open("/outcomes/").press("Count now").waits_for("main h1:has-text('Outcomes 20')", 120)
    owner.open(f"{client}data/").press("Put a copy together").waits_for("#copies button:has-text('Fetch')", 180)
    with owner.page.expect_download() as fetched:
        owner.press("Fetch, once")
    return fetched.value.path().read_bytes()


def record_is_erased(owner, clinician, client):
    """Two people and two steps; afterwards it is as if the record had never been."""
    owner.open(f"{client}data/erase/").sees(".notice.stop")
    owner.page.locator("main textarea, main [name=why]").first.fill("The client asked for it in writing.")
    owner.press("Go on").reads("Waits for a clinician")
    clinician.open(f"{client}data/erase/approve/")
    clinician.page.locator("main textarea, main [name=why]").first.fill("No claim stands; the law here lets it go.")
    clinician.press("Approve the erasure").reads("Approved")
    number = owner.open(f"{client}data/erase/").page.locator(".record-number").inner_text()
    owner.page.locator("main form[action$='confirm/'] input:not([type=hidden])").first.fill(number)
    owner.press("Erase for good")
    assert owner.page.goto(client).status == 404
    owner.faults.clear()
    owner.open("/clients/").does_not_read("Nora Invented")
