/*
 * Keeps the page, so that it opens without a network. The files of one build are kept together or not at all, each as its
 * digest has it. What a page asks for under `assets` is named by its content, so that no page gets a part of another one.
 */

declare const self: ServiceWorkerGlobalScope;
/** Every other file of the build, by its path, with its digest: `vite.config.ts` writes them here. */
declare const THECAL_FILES: readonly (readonly [path: string, integrity: string])[];

/** Longest that a network is waited for which neither answers nor fails, in milliseconds. */
const PATIENCE = 3000;
/** How many builds are kept: a page of the one before may still be open. */
const KEPT = 2;
const OURS = `thecal ${self.registration.scope} `;
const OWN = OURS + THECAL_FILES.map(([, integrity]) => integrity.slice(-12)).join('');

/** The page itself is asked for by its folder: a host may redirect from `index.html`. */
const addressOf = (path: string): string => new URL(path === 'index.html' ? './' : path, self.registration.scope).href;

async function keep(): Promise<void> {
  const cache = await caches.open(OWN);
  const requests = THECAL_FILES.map(([path, integrity]) => {
    // What is named by its content cannot have changed since the page itself fetched it.
    const cache = path.startsWith('assets/') ? 'default' : 'no-cache';
    return new Request(addressOf(path), { integrity, cache });
  });
  await cache.addAll(requests);
  await self.skipWaiting();
}

async function tidy(): Promise<void> {
  // Oldest first.
  const ours = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== OWN);
  await Promise.all(ours.slice(0, 1 - KEPT).map((name) => caches.delete(name)));
  // The page that brought it has what it fetches later from here too.
  await self.clients.claim();
}

async function answer(request: Request, address: string): Promise<Response> {
  const kept = () => caches.match(address, { ignoreVary: true });
  if (address.startsWith(addressOf('assets/'))) return (await kept()) ?? fetch(request);
  // The newest page there is; the one that is kept without a network.
  const own = await (await caches.open(OWN)).match(address, { ignoreVary: true });
  if (own === undefined) return fetch(request);
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(own), PATIENCE));
  const fresh = fetch(request).then((response) => (response.status >= 500 ? own : response));
  return Promise.race([fresh, late]).catch(() => own);
}

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(tidy()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const address = `${origin}${pathname}`;
  const path = address.startsWith(self.registration.scope) ? address.slice(self.registration.scope.length) : undefined;
  if (request.method === 'GET' && path !== undefined) event.respondWith(answer(request, addressOf(path || './')));
});

export {};
