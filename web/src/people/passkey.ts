/**
 * Passkeys in the browser (Web Authentication): the server's JSON, whose bytes are base64url, to what `navigator.credentials` takes, and its
 * answer back. By hand, because browsers have learnt to do it themselves only lately.
 */

type Json = Record<string, unknown>;

export function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

export function base64url(buffer: ArrayBuffer): string {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const known = (list: unknown): PublicKeyCredentialDescriptor[] => (Array.isArray(list) ? list.map((one: Json) => ({ ...one, id: bytes(String(one.id)) }) as unknown as PublicKeyCredentialDescriptor) : []);

export function creation(options: Json): PublicKeyCredentialCreationOptions {
  const asked = options.publicKey as Json;
  const user = asked.user as Json;
  return { ...asked, challenge: bytes(String(asked.challenge)), user: { ...user, id: bytes(String(user.id)) }, excludeCredentials: known(asked.excludeCredentials) } as unknown as PublicKeyCredentialCreationOptions;
}

export function request(options: Json): PublicKeyCredentialRequestOptions {
  const asked = options.publicKey as Json;
  return { ...asked, challenge: bytes(String(asked.challenge)), allowCredentials: known(asked.allowCredentials) } as unknown as PublicKeyCredentialRequestOptions;
}

function answered(credential: Credential | null): Json {
  if (!(credential instanceof PublicKeyCredential)) throw new Error('no passkey');
  const { response } = credential;
  const parts: Json = { clientDataJSON: base64url(response.clientDataJSON) };
  if (response instanceof AuthenticatorAttestationResponse) {
    parts.attestationObject = base64url(response.attestationObject);
    parts.transports = response.getTransports?.() ?? [];
  } else if (response instanceof AuthenticatorAssertionResponse) {
    parts.authenticatorData = base64url(response.authenticatorData);
    parts.signature = base64url(response.signature);
    parts.userHandle = response.userHandle ? base64url(response.userHandle) : null;
  }
  return { id: credential.id, rawId: base64url(credential.rawId), type: credential.type, response: parts, extensions: {} };
}

/** Whether this browser knows passkeys at all. */
export const possible = (): boolean => typeof PublicKeyCredential !== 'undefined' && isSecureContext;

/** Makes a new one. Throws when it is called off. */
export const make = async (options: Json): Promise<Json> => answered(await navigator.credentials.create({ publicKey: creation(options) }));

/** Shows one. Throws when it is called off, or when there is none. */
export const show = async (options: Json): Promise<Json> => answered(await navigator.credentials.get({ publicKey: request(options) }));
