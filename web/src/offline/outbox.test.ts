/** The outbox: what may be lost (nothing), what is kept (only what must), and what is told. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ApiProblem, NoNetwork, type Answer } from '../api/client';
import type { NewReport, ReportReceipt } from '../api/types';
import { newDraft, toBody, type Draft } from '../report/draft';
import { mayPass, Outbox } from './outbox';
import { DATABASE, inMemory, openStore, type Store } from './store';

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

  it.each([200, 201])('delivers on %i and keeps nothing', async (status) => {
    const { draft, body } = filled();
    await store.put('draft', 'current', draft);
    const outbox = new Outbox(store, server((b) => answered(b, status)).send);
    const outcome = await outbox.submit(body, draft);
    expect(outcome).toEqual({ state: 'delivered', receipt: receiptOf(body) });
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
    expect(await held()).toBe('[[],[],[]]');
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
    expect((await store.all('outbox')).map((entry) => [entry.id, entry.state])).toEqual([[first.body.id, 'fault']]);
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
    const counts: number[] = [];
    const receipts: string[] = [];
    await outbox.watch((entries) => counts.push(entries.length));
    outbox.ondelivered((receipt) => receipts.push(receipt.id));
    await outbox.submit(body, draft);
    await outbox.flush(true);
    expect(counts[0]).toBe(0);
    expect(Math.max(...counts)).toBe(1);
    expect(counts.at(-1)).toBe(0);
    expect(receipts).toEqual([body.id]);
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
