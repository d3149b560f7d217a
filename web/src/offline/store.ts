/** What the phone keeps, in IndexedDB: the draft, the outbox, receipts kept by choice, the device secret. */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { NewReport, Problem, ReportReceipt } from '../api/types';
import type { Category } from '../i18n/codes';
import type { Draft } from '../report/draft';

export const DATABASE = 'lykta';

/** A report on its way. `body` never changes once queued, so a repeat is the same report to the server. */
export interface Queued {
  id: string;
  queued_at: string;
  body: NewReport;
  draft: Draft;
  state: 'waiting' | 'fault';
  /** Whether the person asked to keep the receipt on this phone. */
  keep: boolean;
  problem?: Problem;
}

/** A report that has gone: its receipt and what it was about until somebody has seen it, and nothing of what was written. */
export interface Delivered {
  id: string;
  queued_at: string;
  state: 'delivered';
  receipt: ReportReceipt;
  /** Whether its place was given in words only. */
  in_words: boolean;
  /** Missing in what an older build left. */
  category?: Category;
}

/** A half-written report that gave way to another one. */
export interface Aside {
  id: string;
  queued_at: string;
  state: 'aside';
  draft: Draft;
}

export type Held = Queued | Delivered | Aside;

/** A kept receipt: enough to tell it from others and follow it up, nothing of what was written. */
export interface KeptReceipt {
  reference: string;
  receipt: string;
  municipality: string;
  kept_at: string;
  category?: Category;
}

interface Schema extends DBSchema {
  draft: { key: 'current'; value: Draft };
  outbox: { key: string; value: Held };
  receipts: { key: string; value: KeptReceipt };
  device: { key: 'secret'; value: CryptoKey };
}
type Shelf = 'draft' | 'outbox' | 'receipts' | 'device';

export interface Store {
  /** Whether what is kept is still there when the page has been closed. */
  readonly lasting: boolean;
  get<S extends Shelf>(shelf: S, key: Schema[S]['key']): Promise<Schema[S]['value'] | undefined>;
  all<S extends Shelf>(shelf: S): Promise<Schema[S]['value'][]>;
  put<S extends Shelf>(shelf: S, key: Schema[S]['key'], value: Schema[S]['value']): Promise<void>;
  remove(shelf: Shelf, key: string): Promise<void>;
  /** Moves the draft into the outbox in one transaction: it is never in both, never in neither. Fails when its id is there already. */
  enqueue(entry: Queued): Promise<void>;
  wipe(): Promise<void>;
}

function kept(db: IDBPDatabase<Schema>): Store {
  return {
    lasting: true,
    get: (shelf, key) => db.get(shelf, key),
    all: (shelf) => db.getAll(shelf),
    put: async (shelf, key, value) => {
      await db.put(shelf, value, key);
    },
    remove: (shelf, key) => db.delete(shelf, key as never),
    enqueue: async (entry) => {
      const tx = db.transaction(['draft', 'outbox'], 'readwrite', { durability: 'strict' });
      await Promise.all([tx.objectStore('outbox').add(entry, entry.id), tx.objectStore('draft').delete('current'), tx.done]);
    },
    wipe: async () => {
      db.close();
      await deleteDB(DATABASE);
    },
  };
}

/** Where the browser refuses storage, the page still works for as long as it is open. */
export function inMemory(): Store {
  const shelves = new Map<string, unknown>();
  const name = (shelf: string, key: string) => `${shelf}/${key}`;
  return {
    lasting: false,
    get: async (shelf, key) => shelves.get(name(shelf, key)) as never,
    all: async (shelf) => [...shelves].filter(([key]) => key.startsWith(`${shelf}/`)).map(([, value]) => value as never),
    put: async (shelf, key, value) => void shelves.set(name(shelf, key), value),
    remove: async (shelf, key) => void shelves.delete(name(shelf, key)),
    enqueue: async (entry) => {
      if (shelves.has(name('outbox', entry.id))) throw new DOMException('in the outbox already', 'ConstraintError');
      shelves.set(name('outbox', entry.id), entry);
      shelves.delete(name('draft', 'current'));
    },
    wipe: async () => shelves.clear(),
  };
}

export async function openStore(): Promise<Store> {
  try {
    const db = await openDB<Schema>(DATABASE, 1, {
      upgrade(fresh) {
        for (const shelf of ['draft', 'outbox', 'receipts', 'device'] as const) fresh.createObjectStore(shelf);
      },
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close(); // another tab is wiping; do not hold it up
      },
    });
    await db.get('draft', 'current'); // some browsers open a database that cannot be read
    return kept(db);
  } catch {
    return inMemory();
  }
}

let opened: Promise<Store> | undefined;

/** The one store of this page. */
export function store(): Promise<Store> {
  opened ??= openStore();
  return opened;
}
