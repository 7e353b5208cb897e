// An OpenID provider for tests: everything of it is the package oidc-provider, with the login and consent pages it brings.
// Beside it there is GET /program, an API for programs, and /control, where a test sees what happened and makes things happen.
import { readFileSync } from 'node:fs';
import { Provider } from 'oidc-provider';

const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const lifetimes = {}; // of the access tokens of an account, in seconds
const groups = {}; // that an account is in
const tokens = []; // every access token issued: { kind, id, account, grant }
const happened = [];
const note = (what, account, more) => happened.push({ what, account, ...more });

const provider = new Provider(settings.issuer, {
  clients: settings.clients,
  jwks: { keys: settings.keys },
  cookies: { keys: settings.cookie_keys },
  scopes: ['openid', 'offline_access', 'reports'],
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'], groups: ['groups'] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: `${id} of the tests`, email: `${id}@oidc.example`, groups: groups[id] ?? [] }) }),
  pkce: { required: () => true },
  rotateRefreshToken: true,
  ttl: { AccessToken: (_, token) => lifetimes[token.accountId] ?? 3600, ClientCredentials: 3600 },
  features: {
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
    introspection: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    revocation: { enabled: true },
    userinfo: { enabled: true },
  },
});

const keep = token => tokens.push({ kind: token.kind, id: token.jti, account: token.accountId ?? token.clientId, grant: token.grantId });
provider.on('access_token.saved', keep);
provider.on('client_credentials.saved', keep);
provider.on('refresh_token.consumed', token => note('refresh token redeemed', token.accountId));
provider.on('refresh_token.destroyed', token => note('refresh token ended', token.accountId));
provider.on('grant.revoked', (_, grant) => note('grant revoked', tokens.find(t => t.grant === grant)?.account));
provider.on('grant.success', ctx => note('tokens issued', ctx.oidc.entities.Account?.accountId ?? ctx.oidc.client.clientId, { client: ctx.oidc.client.clientId, grant: ctx.oidc.params.grant_type }));
provider.on('grant.error', (ctx, error) => note('tokens refused', undefined, { client: ctx.oidc.client?.clientId, grant: ctx.oidc.params?.grant_type, error: error.error_detail ?? error.message }));
provider.on('pushed_authorization_request.success', (_, client) => note('request pushed', undefined, { client: client.clientId }));
provider.on('server_error', (_, error) => console.error(error));

const of = account => tokens.filter(t => t.account === account);
const find = token => provider[token.kind].find(token.id);
const control = {
  'GET /control/happened': () => happened,
  // How many access tokens of an account work now.
  'GET /control/working': async ({ account }) => (await Promise.all(of(account).map(find))).filter(Boolean).length,
  'POST /control/lifetime': ({ account, seconds }) => { lifetimes[account] = Number(seconds); },
  'POST /control/groups': ({ account, names }) => { groups[account] = names.split(',').filter(Boolean); },
  'POST /control/end-access': async ({ account }) => { for (const token of of(account)) await (await find(token))?.destroy(); },
  // What a person does who strikes an app off the list of those that may act for them.
  'POST /control/take-back': async ({ account }) => {
    for (const grant of new Set(of(account).map(t => t.grant))) {
      for (const kind of [provider.AccessToken, provider.RefreshToken]) await kind.revokeByGrantId(grant);
      await (await provider.Grant.find(grant))?.destroy();
    }
  },
};

provider.use(async (ctx, next) => {
  const answer = control[`${ctx.method} ${ctx.path}`];
  if (answer) {
    ctx.type = 'json';
    ctx.body = JSON.stringify(await answer(ctx.query) ?? null);
  } else if (ctx.path === '/program') {
    const token = await provider.ClientCredentials.find(/^Bearer (.+)$/.exec(ctx.get('authorization'))?.[1] ?? '');
    ctx.status = token ? 200 : 401;
    ctx.body = token ? { program: token.clientId, scope: token.scope } : { error: 'invalid_token' };
  } else {
    await next();
    // The pages want a font from the internet, and would wait for it.
    if (typeof ctx.body === 'string') ctx.body = ctx.body.replace(/@import url\([^)]*\);/, '');
  }
});

const { hostname, port } = new URL(settings.issuer);
provider.listen(port, hostname);
