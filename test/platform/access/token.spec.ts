import { createHmac } from "node:crypto";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT } from "jose";
import { type DemoIssuer, openDemoIssuer } from "../../../src/platform/access/demo-issuer.js";
import { tokenVerifier, trustDemo, trustRemote, type VerifyToken } from "../../../src/platform/access/token.js";
import { CodedError } from "../../../src/platform/errors/coded-error.js";

const clock = { now: () => new Date("2026-11-21T12:00:00Z") };
const inHours = (hours: number) => new Date(clock.now().getTime() + hours * 3_600_000);
const valid = { subject: "op-17", kind: "OPERATOR", institution: "DEMO" } as const;

async function codeOf(verifying: Promise<unknown>): Promise<string> {
  try {
    await verifying;
  } catch (error) {
    expect(error).to.be.instanceOf(CodedError);
    return (error as CodedError).extensions.code as string;
  }
  return "accepted";
}

describe("tokens of the demo issuer", () => {
  let dataDir: string;
  let issuer: DemoIssuer;
  let verify: VerifyToken;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "issuer-"));
    issuer = await openDemoIssuer(dataDir, clock);
    verify = tokenVerifier(trustDemo(issuer), clock);
  });
  after(() => rm(dataDir, { recursive: true }));

  it("say who calls; what a token leaves out grants nothing", async () => {
    const lists = { organizations: [], roles: [], permissions: [] };

    expect(await verify(`Bearer ${await issuer.sign(valid)}`)).to.deep.equal({ ...valid, ...lists, clearance: 0 });
  });

  it("carry roles, permissions, organizations and clearance", async () => {
    const lists = { roles: ["FRONT_DESK"], permissions: ["contact:read"], organizations: ["A"] };
    const claims = { ...valid, ...lists, clearance: 2 } as const;

    expect(await verify(`bearer ${await issuer.sign(claims)}`)).to.deep.equal(claims);
  });

  it("are signed with one key, that only this user may read, though several processes start at once", async () => {
    const other = await mkdtemp(join(tmpdir(), "issuer-"));

    const issuers = await Promise.all(Array.from({ length: 8 }, () => openDemoIssuer(other, clock)));

    expect(new Set(issuers.map(({ publicKey }) => publicKey.kid)).size).to.equal(1);
    expect((await stat(join(other, "demo-issuer.jwk"))).mode & 0o777).to.equal(0o600);
    expect(Object.keys(issuers[0]!.publicKey)).not.to.include("d");
    await rm(other, { recursive: true });
  });

  it("are refused after their week", async () => {
    const token = await issuer.sign(valid);
    const later = tokenVerifier(trustDemo(issuer), { now: () => inHours(24 * 7 + 1) });

    expect(await codeOf(later(`Bearer ${token}`))).to.equal("UNAUTHENTICATED");
  });

  it("are refused from their end on, though their signature was found good just before", async () => {
    let now = clock.now();
    const moving = tokenVerifier(trustDemo(issuer), { now: () => now });
    const token = `Bearer ${await issuer.sign(valid)}`;
    const end = inHours(24 * 7).getTime() + 5_000; // clocks may differ by that

    const codes: string[] = [];
    for (const instant of [end - 1, end]) {
      now = new Date(instant);
      codes.push(await codeOf(moving(token)));
    }

    expect(codes).to.deep.equal(["accepted", "UNAUTHENTICATED"]);
  });

  it("have their signature checked once in 30 seconds", async () => {
    let now = clock.now();
    let checks = 0;
    const trust = trustDemo(issuer);
    const counting: typeof trust.keys = (header, token) => {
      checks++;
      return trust.keys(header, token);
    };
    const counted = tokenVerifier({ ...trust, keys: counting }, { now: () => now });
    const token = `Bearer ${await issuer.sign(valid)}`;

    const seen: number[] = [];
    for (const seconds of [0, 29, 30, 59]) {
      now = new Date(clock.now().getTime() + seconds * 1_000);
      await counted(token);
      seen.push(checks);
    }

    expect(seen).to.deep.equal([1, 1, 2, 2]);
  });

  it("are refused when one letter was changed", async () => {
    const [header, payload, signature] = (await issuer.sign(valid)).split(".") as [string, string, string];
    const forged = Buffer.from(Buffer.from(payload, "base64url").toString().replace("op-17", "op-18"));

    expect(await codeOf(verify(`Bearer ${header}.${forged.toString("base64url")}.${signature}`))).to.equal(
      "UNAUTHENTICATED",
    );
  });

  const noTokens = [
    null,
    "",
    "Bearer",
    "Bearer ",
    "Basic b3A6b3A=",
    "Bearer a b",
    "Bearer x.y.z",
    `Bearer ${"a".repeat(10_000)}`,
  ];
  for (const header of noTokens) {
    it(`are not made of ${JSON.stringify(header)?.slice(0, 30)}`, async () => {
      expect(await codeOf(verify(header))).to.equal("UNAUTHENTICATED");
    });
  }
});

describe("tokens of an issuer elsewhere", () => {
  const issuer = "https://id.example.org";
  const audience = "contact-file";
  let key: CryptoKey;
  let publicKeyText: string;
  let server: ReturnType<typeof createServer>;
  let requests = 0;
  let status = 200;
  let trusting: () => VerifyToken;

  before(async () => {
    const pair = await generateKeyPair("RS256", { extractable: true });
    key = pair.privateKey;
    const jwk = await exportJWK(pair.publicKey);
    publicKeyText = JSON.stringify(jwk);
    server = createServer((_request, response) => {
      requests++;
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ keys: [{ ...jwk, kid: "k1", use: "sig" }] })); // no alg: it is the list that decides
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
    trusting = () => tokenVerifier(trustRemote(url, { issuer, audience, algorithms: ["RS256"] }), clock);
  });
  after(() => server.close());
  beforeEach(() => {
    requests = 0;
    status = 200;
  });

  const payload = { sub: "op-17", kind: "OPERATOR", institution: "DEMO", iss: issuer, aud: audience };
  interface Signing {
    kid?: string;
    alg?: string;
    signer?: CryptoKey;
    expires?: Date | null;
  }
  const sign = (
    claims: JWTPayload,
    { kid = "k1", alg = "RS256", signer = key, expires = inHours(1) }: Signing = {},
  ) => {
    const jwt = new SignJWT(claims).setProtectedHeader({ alg, kid });
    return (expires ? jwt.setExpirationTime(expires) : jwt).sign(signer);
  };

  it("are checked with its keys, which are fetched once", async () => {
    const verify = trusting();

    for (let time = 0; time < 3; time++)
      expect((await verify(`Bearer ${await sign(payload)}`)).subject).to.equal("op-17");

    expect(requests).to.equal(1);
  });

  it("that name an unknown key do not make us ask each time", async () => {
    const verify = trusting();

    for (let time = 0; time < 5; time++)
      expect(await codeOf(verify(`Bearer ${await sign(payload, { kid: "k2" })}`))).to.equal("UNAUTHENTICATED");

    expect(requests).to.equal(1);
  });

  it("cannot be checked while its keys cannot be had: that is not the caller's fault", async () => {
    status = 500;

    expect(await codeOf(trusting()(`Bearer ${await sign(payload)}`))).to.equal("SERVICE_UNAVAILABLE");
  });

  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = () => Math.floor(clock.now().getTime() / 1_000);
  const forged: [what: string, token: () => Promise<string> | string][] = [
    ["another issuer", () => sign({ ...payload, iss: "https://evil.example.org" })],
    ["another audience", () => sign({ ...payload, aud: "another-program" })],
    ["no audience", () => sign({ ...payload, aud: undefined })],
    ["an end in the past", () => sign(payload, { expires: inHours(-1) })],
    ["no end", () => sign(payload, { expires: null })],
    ["a start in the future", () => sign({ ...payload, nbf: now() + 3_600 })],
    ["no subject", () => sign({ ...payload, sub: undefined })],
    ["an empty subject", () => sign({ ...payload, sub: "" })],
    ["a subject of 201 letters", () => sign({ ...payload, sub: "a".repeat(201) })],
    ["a line break in the subject", () => sign({ ...payload, sub: "op\n17" })],
    ["no kind", () => sign({ ...payload, kind: undefined })],
    ["an unknown kind", () => sign({ ...payload, kind: "operator" })],
    ["no institution", () => sign({ ...payload, institution: undefined })],
    ["an institution that is a number", () => sign({ ...payload, institution: 1 })],
    ["roles that are no list", () => sign({ ...payload, roles: "ADMINISTRATOR" })],
    ["permissions that are no texts", () => sign({ ...payload, permissions: [{ length: 1 }] })],
    ["a clearance in small letters", () => sign({ ...payload, clearance: "free" })],
    ["a clearance that is a number", () => sign({ ...payload, clearance: 2 })],
    ["an algorithm that is not listed", async () => sign(payload, { alg: "RS512", signer: await sameKeyFor("RS512") })],
    ["the key of another algorithm", async () => sign(payload, { alg: "ES256", signer: await keyFor("ES256") })],
    ["the key of somebody else", async () => sign(payload, { signer: await keyFor("RS256") })],
    [
      "no signature (alg none)",
      () => `${encode({ alg: "none", kid: "k1" })}.${encode({ ...payload, exp: now() + 3_600 })}.`,
    ],
    [
      "the public key as a secret (HS256)",
      () => {
        const content = `${encode({ alg: "HS256", kid: "k1" })}.${encode({ ...payload, exp: now() + 3_600 })}`;
        return `${content}.${createHmac("sha256", publicKeyText).update(content).digest("base64url")}`;
      },
    ],
    [
      "a key of its own in the header",
      async () => {
        const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
        const header = { alg: "RS256", kid: "k1", jwk: await exportJWK(publicKey) };
        return new SignJWT(payload).setProtectedHeader(header).setExpirationTime(inHours(1)).sign(privateKey);
      },
    ],
  ];
  for (const [what, token] of forged) {
    it(`are refused with ${what}, in the words of all refusals`, async () => {
      const error = await trusting()(`Bearer ${await token()}`).catch((one: CodedError) => one);

      expect(error).to.be.instanceOf(CodedError);
      expect(error).to.include({ message: "A valid bearer token is needed." });
    });
  }

  async function sameKeyFor(algorithm: string): Promise<CryptoKey> {
    return (await importJWK(await exportJWK(key), algorithm)) as CryptoKey;
  }

  async function keyFor(algorithm: string): Promise<CryptoKey> {
    return (await generateKeyPair(algorithm)).privateKey;
  }
});
