/** The door of the pages for people at work: who one is here, logging in and out, and what a refusal means. */
import { ApiProblem } from '../api/client';
import { sentence } from '../ui/problem';
import * as api from './api';
import type { Credentials } from './api';
import type { Session } from './types';
import { accountTexts } from './words';

export type Way = 'password' | 'token';

/** Why a log-in failed: one sentence for every wrong pair, whichever half of it was wrong. */
export interface LoginFault {
  way: Way;
  message: string;
}

export function loginFault(failure: unknown, credentials: Credentials): LoginFault {
  const way = 'token' in credentials ? 'token' : 'password';
  const t = accountTexts.t.login;
  if (failure instanceof ApiProblem && failure.status === 429) return { way, message: t.too_many(Math.max(1, Math.ceil((failure.retryAfter ?? 60) / 60))) };
  if (failure instanceof ApiProblem && failure.status < 500) return { way, message: way === 'token' ? t.wrong_key : t.wrong };
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

  readonly login = async (credentials: Credentials): Promise<boolean> => {
    this.fault = null;
    try {
      await api.login(tidied(credentials));
    } catch (failure) {
      this.fault = loginFault(failure, credentials);
      return false;
    }
    await this.open();
    return this.state === 'in';
  };

  /** Logs out and leaves nothing of the page behind; when the server is not reached, one is still logged in. */
  readonly logout = async (): Promise<void> => {
    await api.logout().catch(() => undefined);
    location.reload();
  };

  /** Whether a refusal came because the session is over; then it is asked for anew. */
  async over(failure: unknown): Promise<boolean> {
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
