/** The outbox: what may be lost (nothing), what is kept (only what must), and what is told. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem, NoNetwork, type Answer } from '../api/client';
import type { NewReport, ReportReceipt } from '../api/types';
import { newDraft, toBody, type Draft } from '../report/draft';
import { mayPass, Outbox } from './outbox';
import { DATABASE, inMemory, openStore, type Held, type Store } from './store';

const NOTE = 'Mörkt vid gångtunneln';

function filled(): { draft: Draft; body: NewReport } {
  const draft: Draft = { ...newDraft(), group: 'light', category: 'dark', where: { by: 'map', lon: 14.53, lat: 56.277 }, note: NOTE };
  const body = toBody(draft);
  if (!body) throw new Error('the draft is complete');
  return { draft, body };
}

function receiptOf(body: NewReport): ReportReceipt {
  return {
    id: body.id,
    reference: `R-${body.id.slice(0, 4)}`,
    receipt: '0123456789ABCDEF',
    municipality: { code: '1060', name: 'Olofström', certain: true },
    focus_areas: [],
    light: 'dark',
    published: null,
    status: 'received',
    similar: [],
  };
}

const answered = (body: NewReport, status = 201): Answer<ReportReceipt> => ({ status, data: receiptOf(body), headers: new Headers() });
const refused = (status: number, type = '/problems/invalid', wait: number | null = null) =>
  new ApiProblem(status, { type, title: 'nej', status, errors: [{ pointer: '/note', code: 'too_long', message: 'för långt' }] }, wait);

/** A server whose answers are played in order; the last is repeated. */
function server(...script: (((body: NewReport) => Answer<ReportReceipt>) | Error)[]) {
  const seen: NewReport[] = [];
  const send = async (body: NewReport) => {
    const move = script[Math.min(seen.length, script.length - 1)];
    seen.push(body);
    if (!move || move instanceof Error) throw move;
    return move(body);
  };
  return { seen, send };
}

describe.each([
  ['IndexedDB', openStore],
  ['memory', async () => inMemory()],
])('the outbox in %s', (_name, open) => {
  let store: Store;

  beforeEach(async () => {
    if (store) await store.wipe();
    indexedDB.deleteDatabase(DATABASE);
    store = await open();
  });

  async function held(): Promise<string> {
    const all = await Promise.all([store.all('draft'), store.all('outbox'), store.all('receipts')]);
    return JSON.stringify(all);
  }

  it.each([200, 201])('delivers on %i, keeps the receipt until it is seen, and then nothing', async (status) => {
    const { draft, body } = filled();
    await store.put('draft', 'current', draft);
    const outbox = new Outbox(store, server((b) => answered(b, status)).send);
    const outcome = await outbox.submit(body, draft);
    expect(outcome).toMatchObject({ state: 'delivered', entry: { id: body.id, receipt: receiptOf(body), in_words: false } });
    expect(await held()).not.toContain(NOTE);
    expect(await held()).not.toContain('14.53');
    await outbox.remove(body.id);
    expect(await held()).toBe('[[],[],[]]');
  });

  it.each([
    ['no network', new NoNetwork()],
    ['503', refused(503, '/problems/unavailable')],
    ['507', refused(507, '/problems/storage-full')],
    ['429', refused(429, '/problems/rate-limited')],
    ['a portal in between', refused(403, 'about:blank')],
  ])('keeps a report through %s and sends the same bytes later', async (_what, failure) => {
    const { draft, body } = filled();
    const { seen, send } = server(failure, (b) => answered(b));
    const outbox = new Outbox(store, send);
    expect(await outbox.submit(body, draft)).toEqual({ state: 'waiting' });
    expect(await store.all('draft')).toEqual([]);
    expect(await held()).toContain(NOTE);
    await outbox.flush(true);
    expect(JSON.stringify(seen[1])).toBe(JSON.stringify(seen[0]));
    expect(await held()).not.toContain(NOTE);
    expect(await store.all('outbox')).toMatchObject([{ id: body.id, state: 'delivered' }]);
  });

  it('holds up a refused report with its reason and does not send it again', async () => {
    const { draft, body } = filled();
    const { seen, send } = server(refused(422));
    const outbox = new Outbox(store, send);
    const outcome = await outbox.submit(body, draft);
    expect(outcome.state).toBe('fault');
    expect(outcome.state === 'fault' && outcome.entry.problem?.errors[0]?.pointer).toBe('/note');
    await outbox.flush(true);
    expect(seen).toHaveLength(1);
  });

  it('sends the oldest first and lets a refused one block nobody', async () => {
    const [first, second] = [filled(), filled()];
    const offline = new Outbox(store, server(new NoNetwork()).send, () => 1_000);
    await offline.submit(first.body, first.draft);
    const later = new Outbox(store, server(new NoNetwork()).send, () => 2_000);
    await later.submit(second.body, second.draft);
    const { seen, send } = server(refused(422), (b) => answered(b));
    await new Outbox(store, send).flush();
    expect(seen.map((body) => body.id)).toEqual([first.body.id, second.body.id]);
    expect((await store.all('outbox')).filter(({ state }) => state !== 'delivered').map((entry) => [entry.id, entry.state])).toEqual([[first.body.id, 'fault']]);
  });

  it('waits as long as the server asked, unless the person presses the button', async () => {
    const { draft, body } = filled();
    let clock = 0;
    const { seen, send } = server(refused(429, '/problems/rate-limited', 30), (b) => answered(b));
    const outbox = new Outbox(store, send, () => clock);
    await outbox.submit(body, draft);
    clock = 29_000;
    await outbox.flush();
    expect(seen).toHaveLength(1);
    clock = 31_000;
    await outbox.flush();
    expect(seen).toHaveLength(2);
  });

  it('tells how many wait, and the receipt of what went in the background', async () => {
    const { draft, body } = filled();
    const outbox = new Outbox(store, server(new NoNetwork(), (b) => answered(b)).send);
    const told: string[] = [];
    const stop = await outbox.watch((entries) => told.push(entries.map(({ state }) => state).join()));
    await outbox.submit(body, draft);
    await outbox.flush(true);
    stop();
    expect(told.filter((one, i) => one !== told[i - 1])).toEqual(['', 'waiting', 'delivered']);
  });

  it('tells the other tab, which has the receipt even when the one that sent is gone', async () => {
    const { draft, body } = filled();
    const [mine, other] = [new Outbox(store, server(new NoNetwork()).send), new Outbox(store, server((b) => answered(b)).send)];
    let seen: readonly Held[] = [];
    const stop = await mine.watch((entries) => (seen = entries));
    const gone = await other.watch(() => undefined);
    expect(await mine.submit(body, draft)).toEqual({ state: 'waiting' });
    await other.flush(true);
    gone();
    await vi.waitFor(() => expect(seen).toMatchObject([{ id: body.id, state: 'delivered', receipt: { receipt: '0123456789ABCDEF' } }]));
    await mine.remove(body.id);
    expect(seen).toEqual([]);
    stop();
  });

  it('finds at the end of a flush what another tab did, where tabs cannot talk', async () => {
    vi.stubGlobal('BroadcastChannel', undefined);
    const { draft, body } = filled();
    const mine = new Outbox(store, server(new NoNetwork()).send);
    let seen: readonly Held[] = [];
    await mine.watch((entries) => (seen = entries));
    await mine.submit(body, draft);
    await new Outbox(store, server((b) => answered(b)).send).flush(true);
    expect(seen).toMatchObject([{ state: 'waiting' }]);
    await mine.flush(true);
    expect(seen).toMatchObject([{ state: 'delivered' }]);
    vi.unstubAllGlobals();
  });

  it('never replaces a report that is on its way', async () => {
    const { draft, body } = filled();
    const outbox = new Outbox(store, server(new NoNetwork()).send);
    await outbox.submit(body, draft);
    await expect(outbox.submit({ ...body, note: 'Något annat' }, draft)).rejects.toThrow();
    expect(await store.all('outbox')).toMatchObject([{ body: { note: NOTE } }]);
  });

  it('goes on to the next when the server stumbles over one', async () => {
    const [first, second] = [filled(), filled()];
    await new Outbox(store, server(new NoNetwork()).send, () => 1_000).submit(first.body, first.draft);
    await new Outbox(store, server(new NoNetwork()).send, () => 2_000).submit(second.body, second.draft);
    const outbox = new Outbox(store, server(refused(500), (b) => answered(b)).send);
    await outbox.flush(true);
    expect((await outbox.held()).map(({ id, state }) => [id, state])).toEqual([[first.body.id, 'waiting'], [second.body.id, 'delivered']]);
  });

  it('shows a receipt that the phone has no room for', async () => {
    const { draft, body } = filled();
    const full: Store = { ...store, put: async () => Promise.reject(new DOMException('full', 'QuotaExceededError')) };
    const outbox = new Outbox(full, server((b) => answered(b)).send);
    expect(await outbox.submit(body, draft)).toMatchObject({ state: 'delivered', entry: { receipt: receiptOf(body) } });
    expect(await held()).not.toContain(NOTE);
    await outbox.remove(body.id);
    expect(await outbox.held()).toEqual([]);
  });

  it('keeps a receipt only when asked, without a word of the report', async () => {
    const { draft, body } = filled();
    const outbox = new Outbox(store, server(new NoNetwork(), (b) => answered(b)).send);
    await outbox.submit(body, draft);
    await outbox.keep(body.id, true);
    await outbox.flush(true);
    const [kept] = await store.all('receipts');
    expect(kept?.receipt).toBe('0123456789ABCDEF');
    expect(await held()).not.toContain(NOTE);
  });

  it('sends each report once when several flushes meet', async () => {
    const { draft, body } = filled();
    const offline = new Outbox(store, server(new NoNetwork()).send);
    await offline.submit(body, draft);
    const { seen, send } = server((b) => answered(b));
    const outbox = new Outbox(store, send);
    await Promise.all([outbox.flush(true), outbox.flush(true), outbox.flush(true)]);
    expect(seen).toHaveLength(1);
  });
});

describe('what may pass', () => {
  it('knows weather from refusals', () => {
    expect([500, 503, 507, 429, 408].map((status) => mayPass(refused(status)))).toEqual([true, true, true, true, true]);
    expect([400, 409, 413, 422].map((status) => mayPass(refused(status)))).toEqual([false, false, false, false]);
    expect(mayPass(new NoNetwork())).toBe(true);
    expect(mayPass(new TypeError('a bug'))).toBe(false);
  });
});
