import { expect } from "chai";
import { loadConfig, settings } from "../../src/platform/config.js";
import { StartupError } from "../../src/platform/errors/startup-error.js";

const production = {
  NODE_ENV: "production",
  AUTH_JWKS_URL: "https://id.example.org/jwks",
  AUTH_ISSUER: "https://id.example.org",
  AUTH_AUDIENCE: "contact-file",
  SECRET_KEY: "x".repeat(32),
  IDENTITY_KEYS: `2026:${"A".repeat(43)}=`,
  IDENTITY_INDEX_KEY: `${"B".repeat(42)}A=`,
  PUBLIC_URL: "https://contacts.example.org",
  DATABASE_URL: "postgresql://app@db.example.org/contacts",
};

function refusal(environment: NodeJS.ProcessEnv): string {
  try {
    loadConfig(environment);
  } catch (error) {
    expect(error).to.be.instanceOf(StartupError);
    return (error as Error).message;
  }
  throw new Error("it was accepted");
}

describe("settings", () => {
  it("need nothing to try it out", () => {
    expect(loadConfig({})).to.deep.include({
      mode: "development",
      port: 4000,
      host: "127.0.0.1",
      dataDir: ".data",
      databaseUrl: null,
    });
  });

  it("take an empty variable for a missing one", () => {
    expect(loadConfig({ PORT: "", DATABASE_URL: " " })).to.deep.include({ port: 4000, databaseUrl: null });
  });

  it("are accepted in production when complete", () => {
    expect(loadConfig(production).mode).to.equal("production");
  });

  for (const name of Object.keys(production).filter((one) => one !== "NODE_ENV")) {
    it(`say in one line that ${name} is missing in production`, () => {
      expect(refusal({ ...production, [name]: undefined }))
        .to.match(new RegExp(`^${name} is missing`))
        .and.not.include("\n");
    });
  }

  for (const name of ["AUTH_ISSUER", "AUTH_AUDIENCE"]) {
    it(`say that AUTH_JWKS_URL is nothing without ${name}, also outside production`, () => {
      expect(refusal({ ...production, NODE_ENV: "development", [name]: undefined })).to.match(
        new RegExp(`^${name} is missing`),
      );
    });
  }

  it("say that SMTP_URL is nothing without MAIL_FROM, which may carry a name", () => {
    const smtp = { SMTP_URL: "smtp://mail.example.org" };
    expect(refusal(smtp)).to.match(/^MAIL_FROM is missing: it is needed when SMTP_URL is set/);

    const { mailFrom } = loadConfig({ ...smtp, MAIL_FROM: "Box office <tickets@example.org>" });
    expect(mailFrom).to.deep.equal({ name: "Box office", address: "tickets@example.org" });
    expect(loadConfig({ MAIL_FROM: "tickets@example.org" }).mailFrom).to.deep.equal({
      name: "",
      address: "tickets@example.org",
    });
  });

  it("say that files lie in one place, and that the others of S3 are nothing without its bucket", () => {
    const bucket = { FILE_STORE_S3_BUCKET: "contact-files" };

    expect(refusal({ ...bucket, FILE_STORE_DIR: "/srv/files" })).to.include("FILE_STORE_DIR and FILE_STORE_S3_BUCKET");
    for (const [name, value] of Object.entries({
      FILE_STORE_S3_PREFIX: "here/",
      FILE_STORE_S3_REGION: "eu-west-3",
      FILE_STORE_S3_ENDPOINT: "https://s3.example.org",
      FILE_STORE_S3_PATH_STYLE: "no",
      FILE_STORE_S3_ENCRYPTION: "AES256",
    })) {
      expect(refusal({ [name]: value })).to.match(new RegExp(`^${name} is nothing without FILE_STORE_S3_BUCKET`));
      expect(loadConfig({ ...bucket, [name]: value }).fileStoreS3Bucket).to.equal("contact-files");
    }
  });

  it("end the prefix of files with a slash, so that no other key begins so", () => {
    const prefixOf = (value: string) =>
      loadConfig({ FILE_STORE_S3_BUCKET: "contact-files", FILE_STORE_S3_PREFIX: value }).fileStoreS3Prefix;

    expect([prefixOf("a/b-c"), prefixOf("a/b-c/"), prefixOf("")]).to.deep.equal(["a/b-c/", "a/b-c/", null]);
  });

  const wrong: [name: string, value: string][] = [
    ["PORT", "80a"],
    ["PORT", "70000"],
    ["DATABASE_URL", "mysql://secret@db/x"],
    ["DATABASE_CONNECTIONS", "6"],
    ["AUTH_JWKS_URL", "file:///etc/passwd"],
    ["AUTH_ALGORITHMS", "RS256,none"],
    ["AUTH_ALGORITHMS", "HS256"],
    ["AUTH_ALGORITHMS", ","],
    ["CORS_ORIGINS", "https://office.example.org/path"],
    ["CORS_ORIGINS", "*"],
    ["CORS_ORIGINS", "null"],
    ["SECRET_KEY", "short"],
    ["GRAPHIQL", "maybe"],
    ["NODE_ENV", "staging"],
    ["QUERY_PLANNER", "guess"],
    ["LOG_LEVEL", "loud"],
    ["METRICS_TOKEN", "short"],
    ["IDENTITY_KEYS", "2026:secret"],
    ["IDENTITY_KEYS", "A".repeat(43)],
    ["IDENTITY_KEYS", `a:${"A".repeat(43)},a:${"A".repeat(43)}`],
    ["IDENTITY_KEYS", ","],
    ["IDENTITY_INDEX_KEY", "secret"],
    ["SMTP_URL", "https://mail.example.org"],
    ["FILE_STORE_S3_BUCKET", "secret/bucket"],
    ["FILE_STORE_S3_PREFIX", "/secret"],
    ["FILE_STORE_S3_PREFIX", "secret/../other"],
    ["FILE_STORE_S3_PREFIX", `${"secret".repeat(30)}!`],
    ["FILE_STORE_S3_ENDPOINT", "s3://secret"],
    ["FILE_STORE_S3_ENCRYPTION", "none"],
    ["MAIL_FROM", "Tickets"],
    ["MAIL_FROM", "Tickets <a@b.ch> <c@d.ch>"],
  ];
  for (const [name, value] of wrong) {
    it(`refuse ${name}=${value}, and repeat nothing of it`, () => {
      const message = refusal({ ...production, [name]: value });

      expect(message)
        .to.match(new RegExp(`^${name} must`))
        .and.not.include("secret")
        .and.not.include("\n");
    });
  }

  it("have a name each, in capitals, and a description that is a sentence", () => {
    const all = Object.values(settings);

    expect(new Set(all.map(({ name }) => name)).size).to.equal(all.length);
    for (const { name, description } of all) {
      expect(name).to.match(/^[A-Z][A-Z0-9_]*$/);
      expect(description, name).to.match(/\.$/);
    }
  });
});
