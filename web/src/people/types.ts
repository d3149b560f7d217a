/**
 * Who is who: short names for the shapes of log-in, account, parties and people. They are those of docs/openapi.json; where the document
 * says only that an answer holds a text, the codes stand here (`codes.test.ts` holds them against the server's lists).
 */
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];
/** A shape with some members said more narrowly. */
type Narrow<Of, By extends { [Name in keyof By]: Name extends keyof Of ? Of[Name] : never }> = Omit<Of, keyof By> & By;

export type NewAssignment = Schemas['NewPerson']['assignments'][number];
export type Role = NewAssignment['role'];
export type PartyKind = Schemas['NewParty']['kind'];
export type Scope = Schemas['NewToken']['scope'];
export type Act = 'see_live' | 'read_reports' | 'export' | 'handle_reports' | 'classify' | 'moderate' | 'merge_places' | 'manage_people' | 'audit';

export type PartyRef = Narrow<Schemas['PartyName'], { kind: PartyKind }>;
export type RoleHere = Narrow<Schemas['HeldView'], { role: Role; party: PartyRef }>;
export type Right = Narrow<Schemas['RightView'], { acts: Act[]; roles: RoleHere[] }>;
export type Session = Narrow<Schemas['Session'], { role: 'operator' | 'person' | null; rights: Right[]; everywhere: Act[] }>;

export type SessionRow = Schemas['SessionItem'];
export type TokenRow = Narrow<Schemas['TokenItem'], { scope: Scope }>;
export type MadeToken = TokenRow & Pick<Schemas['MadeToken'], 'token'>;
export type NewToken = Schemas['NewToken'];
export type PasswordChange = Schemas['PasswordChange'];

export type Factor = 'passkey' | 'totp' | 'recovery_code';
export type Awaited = Narrow<Schemas['Awaited'], { factors: Factor[] }> & { options: Record<string, unknown> | null };
/** Another's log-in service. */
export type Provider = Schemas['ProviderItem'];
export type Factors = Schemas['Factors'];
export type Passkey = Schemas['Passkey'];
export type AskedPasskey = Omit<Schemas['AskedPasskey'], 'options'> & { options: Record<string, unknown> };
export type AskedTotp = Schemas['AskedTotp'];
export type AddedPasskey = Schemas['AddedPasskey'];
export type PasskeyAnswer = Omit<Schemas['PasskeyAnswer'], 'credential'> & { credential: Record<string, unknown> };
export type RecoveryCodes = Schemas['RecoveryCodes'];

export type Invitation = Narrow<Schemas['Invitation'], { purpose: 'first_administrator' | 'new' | 'reset' }>;
export type Acceptance = Schemas['Acceptance'];
/** A link to send, which is shown once. */
export type InvitationLink = Schemas['Link'];

/** `municipalities: null` is every kommun. */
export type Party = Narrow<Schemas['PartyView'], { kind: PartyKind }>;
export type NewParty = Schemas['NewParty'];
export type PartyPatch = Schemas['PartyPatch'];

export type Person = Narrow<Schemas['PersonItem'], { state: 'invited' | 'active' | 'closed'; assignments: RoleHere[] }>;
export type NewPerson = Schemas['NewPerson'];
export type PersonPatch = Schemas['PersonPatch'];
export type InvitedPerson = Person & Pick<Schemas['InvitedPerson'], 'invitation'>;

export type AccessItem = Schemas['AccessItem'];
export type AccessLog = Schemas['AccessLog'];

export type RoleRule = Narrow<Schemas['RoleView'], { role: Role; parties: PartyKind[]; acts: Act[] }>;
