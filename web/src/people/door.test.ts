/** The door: one sentence for every wrong pair, a wait that is told, and a session that ended. */
import { afterEach, expect, it, vi } from 'vitest';
import { ApiProblem, NoNetwork } from '../api/client';
import { Door, loginFault, tidied } from './door.svelte';

const problem = (status: number, wait: number | null = null) => new ApiProblem(status, { type: 'about:blank', title: 'x', status, errors: [] }, wait);
const pair = { login: 'anna@kommun.se', password: 'hemligt' };

afterEach(() => vi.unstubAllGlobals());

it('says the same whatever half was wrong, and how long to wait', () => {
  expect(loginFault(problem(401), pair)).toEqual(loginFault(problem(422), pair));
  expect(loginFault(problem(401), pair)).toMatchObject({ way: 'password' });
  expect(loginFault(problem(401), { token: 'x' }).message).not.toBe(loginFault(problem(401), pair).message);
  expect(loginFault(problem(429, 61), pair).message).toContain('2 minuter');
  expect(loginFault(problem(429), pair).message).toContain('en minut');
  expect(loginFault(new NoNetwork(), pair).message).toContain('nätet');
});

it('sends an address and a key as they are meant, and a password as it is', () => {
  expect(tidied({ login: ' anna@kommun.se ', password: ' a b ' })).toEqual({ login: 'anna@kommun.se', password: ' a b ' });
  expect(tidied({ token: ' key\n' })).toEqual({ token: 'key' });
});

it('knows a refusal that came of a lost session from any other', async () => {
  let role: string | null = 'person';
  vi.stubGlobal('fetch', async () => Response.json({ role, person: null, rights: [], everywhere: [] }));
  const door = new Door();
  await door.open();
  expect(door.state).toBe('in');
  const refuse = () => Promise.reject(problem(403));
  expect([await door.attempt(refuse), door.state]).toEqual([problem(403), 'in']);
  role = null;
  await door.attempt(() => Promise.reject(problem(500)));
  expect(door.state).toBe('in');
  await door.attempt(refuse);
  expect([door.state, door.expired, door.me]).toEqual(['out', true, null]);
});
