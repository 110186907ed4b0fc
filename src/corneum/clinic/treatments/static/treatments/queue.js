// Taps wait here until the clinic has confirmed them: in the browser's own store, in order, each sent until answered.
const NAME = "corneum-taps";
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
const LONGEST_POST = 20000;
const LATER = new Set([408, 425, 429]);

function asked(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

class Database {
  static async open() {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("taps", { keyPath: "order", autoIncrement: true });
    return new Database(await asked(request));
  }
  constructor(base) { this.base = base; }
  store(mode) { return this.base.transaction("taps", mode, { durability: "strict" }).objectStore("taps"); }
  async add(tap) {
    const store = this.store("readwrite");
    const order = await asked(store.add(tap));
    await new Promise((done, failed) => {
      store.transaction.oncomplete = done;
      // A full disk ends it here, with no error before.
      store.transaction.onabort = store.transaction.onerror = () => failed(store.transaction.error);
    });
    return order;
  }
  put(tap) { return asked(this.store("readwrite").put(tap)); }
  remove(order) { return asked(this.store("readwrite").delete(order)); }
  all() { return asked(this.store("readonly").getAll()); }
}

class Local {
  read() { return JSON.parse(localStorage.getItem(NAME) ?? "[]"); }
  write(taps) { localStorage.setItem(NAME, JSON.stringify(taps)); }
  async add(tap) {
    const taps = this.read();
    const order = 1 + taps.reduce((last, one) => Math.max(last, one.order), 0);
    this.write([...taps, { ...tap, order }]);
    return order;
  }
  async put(tap) { this.write(this.read().map((one) => (one.order === tap.order ? tap : one))); }
  async remove(order) { this.write(this.read().filter((one) => one.order !== order)); }
  async all() { return this.read().sort((a, b) => a.order - b.order); }
}

class Memory {
  taps = []; last = 0; lasting = false;
  async add(tap) { this.last -= 1; this.taps.push({ ...tap, order: this.last }); return this.last; }
  async put(tap) { this.taps = this.taps.map((one) => (one.order === tap.order ? tap : one)); }
  async remove(order) { this.taps = this.taps.filter((one) => one.order !== order); }
  async all() { return [...this.taps]; }
}

// What the browser's store refuses, as on a full disk, waits on the page, and behind it all that is tapped later.
class Spared {
  constructor(first, open) { Object.assign(this, { first, open, spare: new Memory() }); }
  get lasting() { return !this.spare.taps.length; }
  // A tablet that slept may have closed the store: it is opened once more.
  async ask(what) {
    try { return await what(this.first); } catch { this.first = await this.open(); return what(this.first); }
  }
  async add(tap) {
    if (this.lasting) try { return await this.ask((one) => one.add(tap)); } catch { /* told by `lasting` */ }
    return this.spare.add(tap);
  }
  async put(tap) {
    if (tap.order < 0) return this.spare.put(tap);
    try { await this.ask((one) => one.put(tap)); } catch { await this.remove(tap.order); await this.spare.add(tap); }
  }
  remove(order) { return order < 0 ? this.spare.remove(order) : this.ask((one) => one.remove(order)); }
  async all() { return [...await this.ask((one) => one.all()), ...await this.spare.all()]; }
}

async function kept() {
  try { return new Spared(await Database.open(), () => Database.open()); } catch { /* a private window, or an old browser */ }
  try {
    localStorage.setItem(`${NAME}-trial`, "1");
    localStorage.removeItem(`${NAME}-trial`);
    return new Spared(new Local(), async () => new Local());
  } catch { return new Memory(); }
}

// All taps that wait in this browser, whoever tapped them.
export async function heldTaps() { return (await kept()).all(); }

export function madeId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export class Queue {
  // `told` hears {state, waiting, others, refused, answer} after every change; `token` gives the page's CSRF token.
  static async open({ user, told, token }) { return new Queue(await kept(), user, told, token); }
  constructor(store, user, told, token) {
    Object.assign(this, { store, user, told, token, pause: FIRST_WAIT, timer: 0, busy: false, again: false });
    // What hangs since the connection was lost is let go of, and sent anew: the clinic keeps it once.
    addEventListener("online", () => { this.hanging?.abort(); this.soon(); });
    addEventListener("pageshow", () => this.soon());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.soon());
  }
  get lasting() { return this.store.lasting; }
  async add(url, fields, label, stored = () => {}) {
    const tap = { url, fields, label, user: this.user, refused: "" };
    tap.order = await this.store.add(tap);
    stored();
    await this.tell(navigator.onLine ? "waiting" : "offline");
    this.soon();
    return tap;
  }
  async dismiss(order) { await this.store.remove(order); await this.tell(this.state); }
  async counts() {
    const all = await this.store.all();
    const mine = all.filter((tap) => tap.user === this.user);
    return { waiting: mine.filter((tap) => !tap.refused), refused: mine.filter((tap) => tap.refused), others: all.length - mine.length };
  }
  soon() { this.pause = FIRST_WAIT; clearTimeout(this.timer); this.send(); }
  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), this.pause * (0.8 + 0.4 * Math.random()));
    this.pause = Math.min(LONGEST_WAIT, this.pause * 2);
  }
  async send() {
    if (this.busy) { this.again = true; return; }
    Object.assign(this, { busy: true, again: false });
    let left = true;
    try {
      // Two tabs on one tablet take turns; the clinic would keep a tap once anyway.
      left = await (navigator.locks ? navigator.locks.request(NAME, () => this.flush()) : this.flush());
    } catch { await this.tell("waiting"); } finally { this.busy = false; }
    if (this.again) this.soon();
    else if (left) this.later();
  }
  // Send what waits, in order; return whether some of it is left.
  async flush() {
    let answer = null;
    for (;;) {
      const { waiting } = await this.counts();
      if (!waiting.length) { await this.tell("saved", answer); return false; }
      const tap = waiting[0];
      const reply = await this.post(tap);
      if (reply.state) { await this.tell(reply.state); return true; }
      this.pause = FIRST_WAIT;
      answer = reply;
      if (reply.status === "saved") await this.store.remove(tap.order);
      else await this.store.put({ ...tap, refused: reply.why || "?" });
      await this.tell("waiting");
    }
  }
  async post(tap) {
    this.hanging = new AbortController();
    const late = setTimeout(() => this.hanging.abort(), LONGEST_POST);
    try { return await this.answer(tap); } catch { return { state: "offline" }; } finally { clearTimeout(late); }
  }
  async answer(tap) {
    const response = await fetch(tap.url, {
      method: "POST", body: new URLSearchParams(tap.fields), credentials: "same-origin", redirect: "manual",
      headers: { Accept: "application/json", "X-CSRFToken": this.token() }, signal: this.hanging.signal,
    });
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return { state: "login" };
    // What the clinic will never take is set aside and shown; what it could not do just now is sent again.
    if (response.status >= 400 && response.status < 500 && !LATER.has(response.status)) return { status: "refused", why: `${response.status}` };
    return response.ok ? response.json() : { state: "waiting" };
  }
  async tell(state, answer = null) {
    this.state = state;
    let found;
    // What cannot be counted may wait: it is never told as saved.
    try { found = await this.counts(); } catch { return this.told({ state: "storage", waiting: 1, others: 0, refused: [], answer: null }); }
    const { waiting, refused, others } = found;
    this.told({ state, waiting: waiting.length, others, refused, answer });
  }
}
