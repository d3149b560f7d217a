/** How far a planner had read at the last visit, per kommun, on this device only: a version number and a day, nothing else. */

export interface Seen {
  version: number;
  at: string;
}

const key = (municipality: string): string => `lykta.seen.${municipality}`;

export function readSeen(municipality: string): Seen | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(municipality)) ?? 'null');
    const { version, at } = (kept ?? {}) as Partial<Seen>;
    return typeof version === 'number' && typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? { version, at } : null;
  } catch {
    return null; // closed storage or a mangled value: as at the first visit
  }
}

export function writeSeen(municipality: string, seen: Seen): void {
  try {
    localStorage.setItem(key(municipality), JSON.stringify(seen));
  } catch {
    // without storage the next visit starts from the beginning
  }
}
