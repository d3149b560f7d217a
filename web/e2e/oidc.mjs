/**
 * A real OpenID Provider for the tests (`oidc-provider`), whose tokens can be spoilt on their way out. Prints its issuer on a line of its own.
 * Everybody who comes is logged in at once as whoever was last put to `/__as`: {account, acr, spoil}. The first argument is where it sends people back.
 */
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { SignJWT, UnsecuredJWT, decodeJwt, exportJWK, generateKeyPair } from 'jose';

const back = process.argv[2];
const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const stranger = (await generateKeyPair('RS256', { extractable: true })).privateKey;
const key = { ...(await exportJWK(privateKey)), kid: 'the-key', use: 'sig', alg: 'RS256' };
const SECRET = 'a-secret-that-both-sides-know-0123456789';

const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const issuer = `http://localhost:${server.address().port}`;

let as = { account: { sub: 'nobody' }, acr: undefined, spoil: undefined };
const accounts = new Map();

const provider = new Provider(issuer, {
  clients: [{ client_id: 'lykta', client_secret: SECRET, redirect_uris: [back], token_endpoint_auth_method: 'client_secret_basic' }],
  jwks: { keys: [key] },
  cookies: { keys: ['not a secret: a test'] },
  acrValues: ['loa2', 'loa3'],
  claims: { openid: ['sub', 'groups'], email: ['email', 'email_verified'], profile: ['name'], acr: null },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => accounts.get(id) ?? { sub: id } }),
  ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
});

/** What each way of spoiling does to the claims, and what it signs with. */
async function spoilt(token, how) {
  const claims = decodeJwt(token);
  const now = Math.floor(Date.now() / 1000);
  const signed = (more, { kid = 'the-key', by = privateKey, alg = 'RS256' } = {}) => new SignJWT({ ...claims, ...more }).setProtectedHeader({ alg, kid }).sign(by);
  switch (how) {
    case 'nothing': return signed({});
    case 'nonce': return signed({ nonce: 'of another log-in' });
    case 'no nonce': return signed({ nonce: undefined });
    case 'audience': return signed({ aud: 'another' });
    case 'more audiences': return signed({ aud: ['lykta', 'another'] });
    case 'issuer': return signed({ iss: 'https://id.example.com' });
    case 'expired': return signed({ iat: now - 500, exp: now - 400 });
    case 'old': return signed({ iat: now - 7200 });
    case 'future': return signed({ iat: now + 600, exp: now + 1200 });
    case 'level': return signed({ acr: 'loa1' });
    case 'no level': return signed({ acr: undefined });
    case 'access token': return signed({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' });
    case 'subject': return signed({ sub: 'somebody else' });
    case 'key': return signed({}, { by: stranger });
    case 'kid': return signed({}, { by: stranger, kid: '../../the-key' });
    case 'unsigned': return new UnsecuredJWT(claims).encode();
    case 'secret': return signed({}, { alg: 'HS256', by: new TextEncoder().encode(SECRET) });
    case 'no token': return undefined;
    default: throw new Error(how);
  }
}

provider.use(async (context, next) => {
  await next();
  if (as.spoil && context.path === '/token' && context.body?.id_token) context.body = { ...context.body, id_token: await spoilt(context.body.id_token, as.spoil) };
});

const callback = provider.callback();
server.on('request', async (request, response) => {
  try {
    if (request.url === '/__as') {
      let text = '';
      for await (const chunk of request) text += chunk;
      as = JSON.parse(text);
      accounts.set(as.account.sub, as.account);
      response.end();
    } else if (request.url?.startsWith('/interaction/')) {
      const { params, prompt, session } = await provider.interactionDetails(request, response);
      if (as.spoil === 'called off') return await provider.interactionFinished(request, response, { error: 'access_denied' });
      const accountId = as.account.sub;
      const result = { login: { accountId, acr: as.acr } };
      if (prompt.name === 'consent') {
        const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
        grant.addOIDCScope('openid email profile');
        grant.addOIDCClaims(['groups', 'acr']);
        result.consent = { grantId: await grant.save() };
        delete result.login;
      }
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
    } else callback(request, response);
  } catch (failure) {
    response.statusCode = 500;
    response.end(String(failure));
  }
});
console.log(issuer);
