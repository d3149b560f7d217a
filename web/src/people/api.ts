/** Calls of log-in, account, parties and people. Every one may throw `ApiProblem` or `NoNetwork`. */
import { ask } from '../api/client';
import type { Acceptance, AccessLog, AddedPasskey, AskedPasskey, AskedTotp, Awaited, Factors, Invitation, InvitationLink, InvitedPerson, MadeToken, NewParty, NewPerson, NewToken, Party, PartyPatch, PasskeyAnswer, PasswordChange, Person, PersonPatch, Provider, RecoveryCodes, RoleRule, Session, SessionRow, TokenRow } from './types';

const get = async <T>(path: string): Promise<T> => (await ask<T>(path)).data;
const send = async <T = void>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> => (await ask<T>(path, body === undefined ? { method } : { method, body })).data;

/** An e-mail address with its password, or the operator's token. */
export type Credentials = { login: string; password: string } | { token: string };
/** What is awaited before one is logged in, and what one shows. */
export type Proof = { ceremony: string; code: string } | { ceremony: string; credential: Record<string, unknown> };

export const session = () => get<Session>('/session');
/** Logged in, unless something more is awaited. */
export const login = (credentials: Credentials) => send<Awaited | undefined>('POST', '/session', credentials);
export const providers = async () => (await get<{ providers: Provider[] }>('/session/providers')).providers;
export const askPasskey = () => send<Awaited>('POST', '/session/passkey');
export const prove = (proof: Proof) => send('POST', '/session/proof', proof);
export const logout = () => send('DELETE', '/session');

export const sessions = async () => (await get<{ sessions: SessionRow[] }>('/account/sessions')).sessions;
export const endSession = (id: string) => send('DELETE', `/account/sessions/${id}`);
export const endOtherSessions = () => send('DELETE', '/account/sessions');
export const changePassword = (current: string, password: string) => send('POST', '/account/password', { current, password } satisfies PasswordChange);
export const factors = () => get<Factors>('/account/factors');
export const askNewPasskey = () => send<AskedPasskey>('POST', '/account/passkeys/options');
export const addPasskey = (body: PasskeyAnswer) => send<AddedPasskey>('POST', '/account/passkeys', body);
export const removePasskey = (id: string) => send('DELETE', `/account/passkeys/${id}`);
export const askNewTotp = () => send<AskedTotp>('POST', '/account/totp');
export const addTotp = (ceremony: string, code: string) => send<RecoveryCodes>('PUT', '/account/totp', { ceremony, code });
export const removeTotp = () => send('DELETE', '/account/totp');
export const renewRecoveryCodes = () => send<RecoveryCodes>('POST', '/account/recovery-codes');
export const tokens = async () => (await get<{ tokens: TokenRow[] }>('/account/tokens')).tokens;
export const makeToken = (body: NewToken) => send<MadeToken>('POST', '/account/tokens', body);
export const deleteToken = (id: string) => send('DELETE', `/account/tokens/${id}`);

export const invitation = (key: string) => send<Invitation>('POST', '/invitations', { key });
export const accept = (body: Acceptance) => send('POST', '/invitations/accept', body);

export const roles = async () => (await get<{ roles: RoleRule[] }>('/roles')).roles;
export const parties = async () => (await get<{ parties: Party[] }>('/parties')).parties;
export const addParty = (body: NewParty) => send<Party>('POST', '/parties', body);
export const changeParty = (id: string, body: PartyPatch) => send<Party>('PATCH', `/parties/${id}`, body);
export const removeParty = (id: string) => send('DELETE', `/parties/${id}`);
export const accesses = (kommun: string, many: boolean) => get<AccessLog>(`/access?municipality=${kommun}${many ? '&many=true' : ''}`);
export const moreAccesses = (next: string) => get<AccessLog>(next.replace(/^\/api\/v1/, ''));
export const people = async () => (await get<{ people: Person[] }>('/people')).people;
export const invite = (body: NewPerson) => send<InvitedPerson>('POST', '/people', body);
export const changePerson = (id: string, body: PersonPatch) => send<Person>('PATCH', `/people/${id}`, body);
export const newLink = (id: string) => send<InvitationLink>('POST', `/people/${id}/invitation`);
export const erasePerson = (id: string) => send('DELETE', `/people/${id}`);
