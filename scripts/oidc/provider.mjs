// A real provider of OpenID Connect for `make oidc`: whoever comes is whom they say they are. Usage: node provider.mjs PORT REDIRECT SECRET
import Provider from "oidc-provider";

const [port, redirect, secret] = process.argv.slice(2);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: "precinct",
    client_secret: secret,
    redirect_uris: [redirect],
    response_types: ["code"],
    grant_types: ["authorization_code"],
  }],
  pkce: { required: () => true },
  claims: { openid: ["sub"], profile: ["preferred_username"] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: id }) }),
  // Codes end so soon that waiting for it does not take long.
  ttl: { AuthorizationCode: 3, AccessToken: 60, IdToken: 60, Interaction: 60, Grant: 60, Session: 60 },
  cookies: { keys: ["for a minute only"] },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
