/** The door of the pages for people at work: who one is here, logging in and out, and what a refusal means. */
import { ApiProblem } from '../api/client';
import { sentence } from '../ui/problem';
import * as api from './api';
import type { Credentials } from './api';
import * as passkey from './passkey';
import type { Awaited, Session } from './types';
import { accountTexts } from './words';

export type Way = 'password' | 'token' | 'passkey' | 'code';
/** A password, the operator's token, a passkey alone; or, where something more is awaited, a code or a passkey; or beginning anew. */
export type Try = Credentials | { passkey: true } | { code: string } | { again: true };

export type CameBack = keyof typeof accountTexts.t.login.came_back;

/** Why a log-in failed: one sentence for every wrong pair, whichever half of it was wrong. */
export interface LoginFault {
  way: Way;
  message: string;
}

const wayOf = (tried: Try): Way => ('token' in tried ? 'token' : 'passkey' in tried ? 'passkey' : 'code' in tried ? 'code' : 'password');

export function loginFault(failure: unknown, tried: Try): LoginFault {
  const way = wayOf(tried);
  const t = accountTexts.t.login;
  if (failure instanceof ApiProblem && failure.status === 429) return { way, message: t.too_many(Math.max(1, Math.ceil((failure.retryAfter ?? 60) / 60))) };
  if (failure instanceof ApiProblem && failure.status < 500) return { way, message: { token: t.wrong_key, password: t.wrong, code: t.wrong_code, passkey: t.wrong_passkey }[way] };
  // The browser's own: called off, too late, or none there.
  if (failure instanceof DOMException) return { way, message: t.no_passkey };
  return { way, message: sentence(failure) };
}

/** Trimmed as people paste: spaces belong to no e-mail address and no key, but may belong to a password. */
export const tidied = (credentials: Credentials): Credentials => ('token' in credentials ? { token: credentials.token.trim() } : { ...credentials, login: credentials.login.trim() });

export class Door {
  state = $state<'asking' | 'unreached' | 'out' | 'in'>('asking');
  me = $state.raw<Session | null>(null);
  /** A session that was there has ended. */
  expired = $state(false);
  fault = $state.raw<LoginFault | null>(null);
  /** The password held; something more is awaited. */
  awaited = $state.raw<Awaited | null>(null);
  /** Why another's log-in service sent one back. */
  cameBack = $state<CameBack | null>(null);
  /** For this one shows once more who one is. */
  again = $state(false);
  /** Why it cannot be told who one is. */
  message = $state('');

  /** Asks who one is here. */
  async open(): Promise<void> {
    try {
      const me = await api.session();
      this.me = me.role ? me : null;
      this.state = me.role ? 'in' : 'out';
      if (me.role) this.expired = false;
    } catch (failure) {
      this.message = sentence(failure);
      this.state = 'unreached';
    }
  }

  readonly login = async (tried: Try): Promise<boolean> => {
    this.fault = null;
    try {
      if (!(await this.#try(tried))) return false;
    } catch (failure) {
      this.fault = loginFault(failure, tried);
      return false;
    }
    this.awaited = null;
    this.again = false;
    await this.open();
    return this.state === 'in';
  };

  /** Whether one is logged in by that, or something more is awaited (or nothing any longer). */
  async #try(tried: Try): Promise<boolean> {
    if ('again' in tried) {
      this.awaited = null;
      return false;
    }
    if ('code' in tried || 'passkey' in tried) {
      const awaited = this.awaited ?? (await api.askPasskey());
      const { ceremony, options } = awaited;
      await api.prove('code' in tried ? { ceremony, code: tried.code.trim() } : { ceremony, credential: await passkey.show(options ?? {}) });
      return true;
    }
    this.awaited = (await api.login(tidied(tried))) ?? null;
    return this.awaited === null;
  }

  /** Logs out and leaves nothing of the page behind; when the server is not reached, one is still logged in. */
  readonly logout = async (): Promise<void> => {
    await api.logout().catch(() => undefined);
    location.reload();
  };

  /** Whether a refusal came because the session is over; then it is asked for anew. */
  async over(failure: unknown): Promise<boolean> {
    if (failure instanceof ApiProblem && failure.problem.type === '/problems/log-in-again') {
      this.again = true;
      return false;
    }
    if (!(failure instanceof ApiProblem) || ![401, 403, 404].includes(failure.status)) return false;
    const me = await api.session().catch(() => null);
    if (!me || me.role) return false;
    this.expired ||= this.state === 'in';
    this.me = null;
    this.state = 'out';
    return true;
  }

  /** Runs an act and gives back its failure, if it failed; one that came of a lost session has led to the door by then. */
  async attempt(act: () => Promise<unknown>): Promise<unknown> {
    try {
      await act();
      return undefined;
    } catch (failure) {
      await this.over(failure);
      return failure;
    }
  }
}
