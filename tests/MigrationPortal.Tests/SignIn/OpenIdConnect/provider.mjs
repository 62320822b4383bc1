// A certified OpenID provider for tests: node provider.mjs PORT TENANT [CLIENT_JWK]
// Who signs in is typed as "name:Role,Role:group,group:fault"; the fault says how the token is spoilt.
import { Provider } from "oidc-provider";
import crypto from "node:crypto";
import fs from "node:fs";
import http from "node:http";

const [port, tenant, clientJwk] = process.argv.slice(2);
const issuer = `http://localhost:${port}/${tenant}/v2.0`;
const pair = (kid) => {
  const { publicKey, privateKey } = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = (key) => ({ ...key.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" });
  return { kid, privateKey, publicKey, jwk: jwk(privateKey), publicJwk: jwk(publicKey) };
};
const first = pair("first"), second = pair("second"), stranger = pair("first");
const id = (name) => crypto.createHash("sha256").update(name).digest("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5");
const part = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const sign = (header, claims, key = first.privateKey) => {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${crypto.sign("sha256", Buffer.from(text), key).toString("base64url")}`;
};
const hmac = (claims, secret) => {
  const text = `${part({ alg: "HS256", kid: "first" })}.${part(claims)}`;
  return `${text}.${crypto.createHmac("sha256", secret).update(text).digest("base64url")}`;
};
const RS = { alg: "RS256", typ: "JWT", kid: "first" };
const now = () => Math.floor(Date.now() / 1000);
const without = (claims, name) => { const { [name]: _, ...rest } = claims; return rest; };

// Each takes the good token's claims and text; null leaves the token out.
const faults = {
  "alg-none": (c) => `${part({ alg: "none", kid: "first" })}.${part(c)}.`,
  "alg-none-cased": (c) => `${part({ alg: "nOnE", kid: "first" })}.${part(c)}.AA`,
  "empty-signature": (c, t) => t.replace(/[^.]*$/, ""),
  "two-segments": (c, t) => t.split(".").slice(0, 2).join("."),
  "hs256-public-key": (c) => hmac(c, first.publicKey.export({ format: "pem", type: "spki" })),
  "hs256-secret": (c) => hmac(c, "portal-secret-portal-secret-portal"),
  "wrong-key": (c) => sign(RS, c, stranger.privateKey),
  "embedded-jwk": (c) => sign({ ...RS, jwk: stranger.publicJwk }, c, stranger.privateKey),
  "unknown-kid": (c) => sign({ ...RS, kid: "nobody" }, c),
  "no-kid": (c) => sign({ alg: "RS256" }, c),
  jku: (c) => sign({ ...RS, jku: `${issuer}/stranger` }, c, stranger.privateKey),
  crit: (c) => sign({ ...RS, crit: ["b64"] }, c),
  expired: (c) => sign(RS, { ...c, exp: now() - 300 }),
  "nbf-future": (c) => sign(RS, { ...c, nbf: now() + 300 }),
  "iat-future": (c) => sign(RS, { ...c, iat: now() + 300 }),
  "no-exp": (c) => sign(RS, without(c, "exp")),
  "exp-text": (c) => sign(RS, { ...c, exp: String(c.exp) }),
  "wrong-aud": (c) => sign(RS, { ...c, aud: "other" }),
  "aud-array-no-azp": (c) => sign(RS, without({ ...c, aud: ["portal", "other"] }, "azp")),
  "wrong-azp": (c) => sign(RS, { ...c, azp: "other" }),
  "wrong-iss": (c) => sign(RS, { ...c, iss: "https://evil.example/v2.0" }),
  "iss-slash": (c) => sign(RS, { ...c, iss: `${c.iss}/` }),
  "wrong-tid": (c) => sign(RS, { ...c, tid: id("other tenant") }),
  "no-tid": (c) => sign(RS, without(c, "tid")),
  "wrong-nonce": (c) => sign(RS, { ...c, nonce: "other" }),
  "no-nonce": (c) => sign(RS, without(c, "nonce")),
  "no-sub": (c) => sign(RS, without(c, "sub")),
  "twice-roles": (c) => sign(RS, JSON.stringify(c).replace(/}$/, ',"roles":["Administrator"]}')),
  tampered: (c, t) => { const [h, , s] = t.split("."); return `${h}.${part({ ...c, roles: ["Administrator", "Operator"] })}.${s}`; },
  "wrong-at-hash": (c) => sign(RS, { ...c, at_hash: "AAAAAAAAAAAAAAAAAAAAAA" }),
  "no-id-token": () => null,
  // These are good and must be accepted.
  "exp-within-skew": (c) => sign(RS, { ...c, exp: now() - 60 }),
  "aud-array-azp": (c) => sign(RS, { ...c, aud: ["portal", "other"], azp: "portal" }),
  "new-key": (c) => sign({ ...RS, kid: "second" }, c, second.privateKey),
  // Good, but with more groups than fit.
  overage: (c) => sign(RS, { ...without(c, "groups"), _claim_names: { groups: "src1" }, _claim_sources: { src1: { endpoint: "https://graph.example" } } }),
};

const account = (text) => {
  const [name, roles = "", groups = ""] = text.split(":");
  return { sub: text, oid: id(name), tid: tenant, name: name[0].toUpperCase() + name.slice(1), preferred_username: `${name}@contoso.example`,
    roles: roles.split(",").filter(Boolean), groups: groups.split(",").filter(Boolean) };
};
const client = (client_id, more) => ({ client_id, grant_types: ["authorization_code"], response_types: ["code"], redirect_uris: ["http://localhost/signin-oidc"],
  post_logout_redirect_uris: ["http://localhost/signout-callback-oidc"], ...more });
// Where the portal is that a session of the provider was given to.
const portals = new Map();
// Front-channel logout, which oidc-provider does not have: a frame for each session, then the form that ends the provider's own.
const logoutSource = (ctx, form) => {
  const sids = ["portal", "portal-certificate"].map((client) => ctx.oidc.session.authorizations?.[client]?.sid).filter((sid) => portals.has(sid));
  const frames = sids.map((sid) => `<iframe src="${portals.get(sid)}/signout-oidc?iss=${encodeURIComponent(issuer)}&amp;sid=${encodeURIComponent(sid)}"></iframe>`).join("");
  ctx.body = `<!doctype html><title>Signing out</title><body>${form}${frames}<script>
    document.forms[0].appendChild(Object.assign(document.createElement("input"), { name: "logout", value: "yes", type: "hidden" }));
    addEventListener("load", () => document.forms[0].submit())</script>`;
};
const provider = new Provider(issuer, {
  clients: [
    client("portal", { client_secret: "portal-secret-portal-secret-portal", token_endpoint_auth_method: "client_secret_post" }),
    // Tells the portal by itself that somebody signed out; the others do it by a frame. Which portal, the test's sign-in says.
    client("portal-backchannel", { client_secret: "portal-secret-portal-secret-portal", token_endpoint_auth_method: "client_secret_post", backchannel_logout_uri: "http://localhost/signout-oidc", backchannel_logout_session_required: true }),
    ...(clientJwk ? [client("portal-certificate", { token_endpoint_auth_method: "private_key_jwt", token_endpoint_auth_signing_alg: "PS256", jwks: { keys: [JSON.parse(fs.readFileSync(clientJwk))] } })] : []),
  ],
  jwks: { keys: [first.jwk] },
  conformIdTokenClaims: false,
  claims: { openid: ["sub", "oid", "tid", "name", "preferred_username", "roles", "groups"], profile: [] },
  pkce: { required: () => true },
  cookies: { keys: ["lab"], short: { path: "/" }, long: { path: "/" } },
  fetch: (url, options) => {
    const claims = JSON.parse(Buffer.from(new URLSearchParams(options.body).get("logout_token").split(".")[1], "base64url"));
    // Its own dispatcher keeps away from loopback, where the portal under test is.
    return fetch(url.replace("http://localhost", portals.get(claims.sid)), { ...options, dispatcher: undefined });
  },
  features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true, logoutSource } },
  interactions: { url: (ctx, interaction) => `/${tenant}/v2.0/interaction/${interaction.uid}` },
  findAccount: (ctx, sub) => ({ accountId: sub, claims: () => account(sub) }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid profile");
    await grant.save();
    return grant;
  },
});
provider.Client.prototype.includeSid = () => true;
provider.Client.prototype.redirectUriAllowed = (uri) => /^https?:\/\/(127\.0\.0\.1|localhost)(:\d+)?\/signin-oidc$/.test(uri);
provider.Client.prototype.postLogoutRedirectUriAllowed = (uri) => /^https?:\/\/(127\.0\.0\.1|localhost)(:\d+)?\/signout-callback-oidc$/.test(uri);

let reads = 0;
provider.use(async (ctx, next) => {
  await next();
  if (ctx.oidc?.route === "jwks") ctx.body = { keys: reads++ === 0 ? [first.publicJwk] : [first.publicJwk, second.publicJwk] };
  if (ctx.oidc?.route !== "token" || !ctx.body?.id_token) return;
  const text = ctx.body.id_token, claims = JSON.parse(Buffer.from(text.split(".")[1], "base64url"));
  if (claims.sid) portals.set(claims.sid, new URL(ctx.oidc.params.redirect_uri).origin);
  const fault = faults[(ctx.oidc.account?.accountId ?? "").split(":")[3]];
  // The account's own id stands in sub; the provider's would be what was typed.
  const good = { ...claims, sub: id((ctx.oidc.account?.accountId ?? "").split(":")[0]) };
  const spoilt = fault ? fault(good, sign(RS, good)) : sign(RS, good);
  if (spoilt === null) delete ctx.body.id_token; else ctx.body.id_token = spoilt;
});

// Whoever started this is gone: nobody else will end it.
process.stdin.on("end", () => process.exit()).resume();

const callback = provider.callback();
http.createServer(async (req, res) => {
  const mount = `/${tenant}/v2.0`;
  if (!req.url.startsWith(mount)) { res.statusCode = 404; return res.end(); }
  const path = req.url.slice(mount.length);
  if (path.startsWith("/interaction/")) {
    if (req.method === "GET") {
      res.setHeader("content-type", "text/html");
      return res.end(`<!doctype html><title>Provider</title><form method="post"><label>Who <input name="login" autofocus></label><button>Sign in</button><button name="deny" value="1">Deny</button></form>`);
    }
    let body = "";
    for await (const chunk of req) body += chunk;
    const form = new URLSearchParams(body);
    const result = form.get("deny") ? { error: "access_denied", error_description: "denied" } : { login: { accountId: form.get("login") } };
    req.originalUrl = req.url;
    return provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false }).catch((error) => { res.statusCode = 400; res.end(String(error)); });
  }
  req.originalUrl = req.url;
  req.url = path || "/";
  callback(req, res);
}).listen(Number(port), "127.0.0.1", () => console.log("listening"));
