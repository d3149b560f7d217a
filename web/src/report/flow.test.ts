/** The way through the report where it is easy to lose something: Back while sending, two reports at once, a page without a past. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReportReceipt } from '../api/types';
import { store } from '../offline/store';
import { newDraft, type Draft } from './draft';
import { Flow } from './flow.svelte';

interface Entry {
  screen?: string;
}

/** What the page's own history would do. */
function past(first: Entry | null = null) {
  const entries: (Entry | null)[] = [first];
  return {
    entries,
    get state() {
      return entries.at(-1) ?? null;
    },
    pushState: (state: Entry) => void entries.push(state),
    replaceState: (state: Entry) => void entries.splice(-1, 1, state),
  };
}

const receipt = (id: string): ReportReceipt => ({
  id,
  reference: `R-${id.slice(0, 4)}`,
  receipt: '0123456789ABCDEF',
  municipality: { code: '1060', name: 'Olofström', certain: true },
  focus_areas: [],
  light: 'dark',
  published: null,
  status: 'received',
  similar: [],
});

const draft = (change: Partial<Draft> = {}): Draft => ({ ...newDraft(), group: 'light', category: 'dark', where: { by: 'map', lon: 14.53, lat: 56.277 }, step: 'check', ...change });

/** The answer to `POST /reports`; the list of kommuner is never there. */
let answer: () => Promise<Response>;
let history: ReturnType<typeof past>;
const sent: { id: string; note?: string }[] = [];

const accepted = async () => Response.json(receipt(sent.at(-1)?.id ?? ''), { status: 201 });
const refused = async () =>
  new Response(JSON.stringify({ type: '/problems/invalid', title: 'nej', status: 422, errors: [{ pointer: '/note', code: 'too_long', message: 'för långt' }] }), {
    status: 422,
    headers: { 'content-type': 'application/problem+json' },
  });
const offline = () => Promise.reject(new TypeError('no network'));

async function opened(left?: Draft): Promise<Flow> {
  const kept = await store();
  if (left) await kept.put('draft', 'current', left);
  const flow = new Flow();
  await flow.start();
  return flow;
}

beforeEach(async () => {
  const kept = await store();
  for (const entry of await kept.all('outbox')) await kept.remove('outbox', entry.id);
  await kept.remove('draft', 'current');
  sent.length = 0;
  answer = accepted;
  history = past();
  vi.stubGlobal('location', { search: '' });
  vi.stubGlobal('history', history);
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    if (init.method !== 'POST') throw new TypeError('no network');
    sent.push(JSON.parse(String(init.body)) as { id: string });
    return answer();
  });
});

describe('sending', () => {
  it('is not undone by Back, and one press sends once', async () => {
    const flow = await opened(draft());
    let release = (): void => undefined;
    answer = () => new Promise((done) => (release = () => void accepted().then(done)));
    const sending = Promise.all([flow.send(), flow.send()]);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    flow.arrived({ screen: 'more' });
    expect(flow.screen).toBe('sending');
    release();
    await sending;
    expect([flow.screen, flow.receipt?.id, sent.length]).toEqual(['done', sent[0]?.id, 1]);
    flow.stop();
  });

  it('says of a report in words, delivered in the background, that it is to be placed first', async () => {
    answer = offline;
    const flow = await opened(draft({ where: { by: 'words', text: 'Vid torget', municipality: '1060' } }));
    await flow.send();
    expect(flow.screen).toBe('waiting');
    await flow.startOver();
    answer = accepted;
    await flow.retry();
    const [delivered] = flow.delivered;
    if (!delivered) throw new Error('nothing was delivered');
    await flow.showReceipt(delivered);
    expect([flow.screen, flow.shown?.in_words, flow.held]).toEqual(['done', true, []]);
    flow.stop();
  });
});

it('shows one receipt after another, each a step in the history', async () => {
  answer = offline;
  const flow = await opened();
  for (let i = 0; i < 2; i++) {
    flow.draft = draft();
    await flow.send();
    await flow.startOver();
  }
  answer = accepted;
  await flow.retry();
  const [one, two] = flow.delivered;
  if (!one || !two) throw new Error('two were not delivered');
  await flow.showReceipt(one);
  await flow.showReceipt(two);
  expect(history.entries.slice(-2)).toMatchObject([{ receipt: one.id }, { receipt: two.id }]);
  flow.stop();
});

describe('waiting', () => {
  it('ends at the field when the server refuses, with the words still there and one step back', async () => {
    answer = offline;
    const flow = await opened(draft({ note: 'Mörkt här' }));
    await flow.send();
    const before = history.entries.length;
    answer = refused;
    await flow.retry();
    await vi.waitFor(() => expect(flow.screen).toBe('more'));
    expect([flow.draft.note, flow.faults.map(({ field }) => field), history.entries.length - before]).toEqual(['Mörkt här', ['note'], 1]);
    await vi.waitFor(async () => expect((await (await store()).get('draft', 'current'))?.note).toBe('Mörkt här'));
    flow.stop();
  });
});

describe('two reports at once', () => {
  it('leads from the receipt of one back to the other, which was begun meanwhile', async () => {
    answer = offline;
    const flow = await opened(draft());
    await flow.send();
    await flow.startOver();
    flow.draft = draft({ note: 'Den andra', step: 'more' });
    answer = accepted;
    await flow.retry();
    const [delivered] = flow.delivered;
    if (!delivered) throw new Error('nothing was delivered');
    await flow.showReceipt(delivered);
    await flow.another();
    expect([flow.screen, flow.draft.note]).toEqual(['more', 'Den andra']);
    flow.stop();
  });

  it('opens a refused report without losing the one begun meanwhile, and the other way round', async () => {
    answer = offline;
    const flow = await opened(draft({ note: 'Den första' }));
    await flow.send();
    await flow.startOver();
    flow.draft = draft({ note: 'Den andra' });
    answer = refused;
    await flow.retry();
    const [first] = flow.refused;
    if (!first) throw new Error('nothing was refused');
    await flow.reopen(first);
    expect([flow.screen, flow.draft.note, flow.refused.length, flow.aside[0]?.draft.note]).toEqual(['more', 'Den första', 0, 'Den andra']);
    const [other] = flow.aside;
    if (other) await flow.reopen(other);
    expect([flow.draft.note, flow.aside.map((entry) => entry.draft.note)]).toEqual(['Den andra', ['Den första']]);
    expect((await (await store()).get('draft', 'current'))?.note).toBe('Den andra');
    flow.stop();
  });

  it('gives a report that was taken back a new id, since its own can never pass again', async () => {
    answer = async () => new Response(JSON.stringify({ type: '/problems/withdrawn', title: 'borta', status: 410 }), { status: 410, headers: { 'content-type': 'application/problem+json' } });
    const flow = await opened(draft());
    await flow.send();
    expect(flow.screen).toBe('check');
    expect(flow.draft.id).not.toBe(sent[0]?.id);
    flow.stop();
  });
});

it('calls a place outside only when it surely is: near an uncertain border the server decides', async () => {
  const flow = await opened();
  const square = { type: 'Polygon', coordinates: [[[14, 56], [15, 56], [15, 57], [14, 57], [14, 56]]] };
  const properties = { code: '1060', name: 'Olofström', uncertainty_m: 3000, active: true, demo: true, bbox: null, center: null, fault_report_url: null };
  flow.municipalities = { type: 'FeatureCollection', features: [{ type: 'Feature', id: '1060', geometry: square, properties }] } as unknown as NonNullable<typeof flow.municipalities>;
  const at = (lat: number) => {
    flow.draft = draft({ where: { by: 'map', lon: 14.5, lat } });
    return [flow.kommun?.name, flow.outside !== ''];
  };
  expect(at(56.5)).toEqual(['Olofström', false]);
  expect(at(55.98)).toEqual([undefined, false]);
  expect(at(55.96)).toEqual([undefined, true]);
  flow.stop();
});

describe('a page that opens', () => {
  it('on a draft in a new tab has the steps before it behind it', async () => {
    const flow = await opened(draft({ step: 'when' }));
    expect(history.entries.map((entry) => entry?.screen)).toEqual(['what', 'category', 'where', 'feel', 'when']);
    expect([flow.screen, flow.resumedAt]).toEqual(['when', 'when']);
    flow.stop();
  });

  it('again, on reload, keeps the past it has', async () => {
    history = past({ screen: 'where' });
    vi.stubGlobal('history', history);
    const flow = await opened(draft({ step: 'when' }));
    expect(history.entries).toEqual([{ screen: 'where' }]);
    expect(flow.screen).toBe('where');
    flow.stop();
  });

  it('where storage cannot be read says so, and still sends', async () => {
    const kept = await store();
    const broken = vi.spyOn(kept, 'get').mockRejectedValue(new Error('broken'));
    const all = vi.spyOn(kept, 'all').mockRejectedValue(new Error('broken'));
    const put = vi.spyOn(kept, 'put').mockRejectedValue(new Error('broken'));
    const enqueue = vi.spyOn(kept, 'enqueue').mockRejectedValue(new Error('broken'));
    const flow = await opened();
    flow.draft = draft();
    flow.save();
    await vi.waitFor(() => expect(flow.keeping).toBe(false));
    await flow.send();
    expect([flow.screen, sent.length]).toEqual(['done', 1]);
    for (const spy of [broken, all, put, enqueue]) spy.mockRestore();
    flow.stop();
  });
});
