{% load static %}// Without a connection a page of the clinic cannot be opened: this shows one that says so, and how many taps wait. Nothing
// else is kept: no page with a person on it ever is.
const KEPT = "corneum-offline-{{ LANGUAGE_CODE }}";
const PAGE = "{% url "offline" %}";
const FILES = [PAGE, "{% static "ui/house.css" %}", "{% static "ui/offline.js" %}", "{% static "ui/mark.svg" %}", "{% static "treatments/queue.js" %}"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })))).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([
    caches.keys().then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)))),
    self.registration.navigationPreload?.enable(),
    self.clients.claim(),
  ]));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(opened(event));
  else if (FILES.includes(path)) event.respondWith(fetch(request).catch(() => caches.match(path)));
});

async function opened(event) {
  try { return (await event.preloadResponse) ?? (await fetch(event.request)); } catch { return caches.match(PAGE); }
}
