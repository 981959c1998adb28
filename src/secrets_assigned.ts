/**
 * Secrets that nothing tells for such but what they are assigned to: `AWS_SECRET_ACCESS_KEY=…`,
 * `"client_secret": "…"`.
 *
 * A key of a known name tells what its value has to look like. Any other key that says that its value
 * is secret has to have one that no person would think up, or one that a password rule would take:
 * else every `token = next()` of a program would be one.
 */

/** A value that a key of a known name is assigned. */
export interface AssignedRule {
  readonly name: string;
  /** What the key has to match, in small letters and without `_`, `-` and `.`. */
  readonly key: RegExp;
  readonly value: RegExp;
  /** Where the shape is told of. */
  readonly source: string;
}

/** The keys of known names. */
export const ASSIGNED_RULES: readonly AssignedRule[] = [
  {
    name: "aws-secret-access-key",
    key: /(?:aws|s3|amazon|^)(?:secret)?(?:access)?secret(?:access)?key(?:id)?$|awssecret/,
    value: /^[A-Za-z0-9+/]{40}$/,
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
  },
  {
    name: "aws-session-token",
    key: /awssessiontoken$/,
    value: /^[A-Za-z0-9+/]{100,}={0,2}$/,
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html",
  },
  {
    name: "azure-account-key",
    key: /(?:accountkey|sharedaccesskey)$/,
    value: /^[A-Za-z0-9+/]{42,86}={1,2}$/,
    source:
      "https://learn.microsoft.com/en-us/azure/storage/common/storage-configure-connection-string",
  },
  {
    name: "azure-openai-key",
    key: /azureopenai(?:api)?key$/,
    value: /^[A-Za-z0-9]{32,84}$/,
    source: "https://learn.microsoft.com/en-us/azure/ai-foundry/openai/",
  },
  {
    name: "twilio-auth-token",
    key: /twilio(?:auth)?token$/,
    value: /^[0-9a-f]{32}$/,
    source: "https://www.twilio.com/docs/iam/access-tokens",
  },
  {
    name: "datadog-key",
    key: /(?:dd|datadog)(?:api|app|application)key$/,
    value: /^(?:[0-9a-f]{32}|[0-9a-f]{40})$/,
    source: "https://docs.datadoghq.com/account_management/api-app-keys/",
  },
  {
    name: "cloudflare-key",
    key: /(?:cloudflare|cf)(?:api)?(?:token|key)$/,
    value: /^[A-Za-z0-9_-]{37,40}$/,
    source: "https://developers.cloudflare.com/fundamentals/api/get-started/create-token/",
  },
  {
    name: "mistral-key",
    key: /mistralapikey$/,
    value: /^[A-Za-z0-9]{32}$/,
    source: "https://docs.mistral.ai/",
  },
  {
    name: "cohere-key",
    key: /(?:cohere|co)apikey$/,
    value: /^[A-Za-z0-9]{40}$/,
    source: "https://docs.cohere.com/",
  },
  {
    name: "wandb-key",
    key: /wandbapikey$/,
    value: /^(?:wandb_v1_\w{40,}|[0-9a-f]{40})$/,
    source: "https://docs.wandb.ai/",
  },
  {
    name: "algolia-admin-key",
    key: /algolia(?:admin)?(?:api)?key$/,
    value: /^[0-9a-f]{32}$/,
    source: "https://www.algolia.com/doc/guides/security/api-keys/",
  },
  {
    name: "snyk-token",
    key: /snyktoken$/,
    value: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    source: "https://docs.snyk.io/snyk-api/authentication-for-api",
  },
  {
    name: "heroku-old-key",
    key: /herokuapikey$/,
    value: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    source: "https://devcenter.heroku.com/articles/authentication",
  },
];

/** The word that a key of a secret ends with, then what assigns, up to the first letter of the value. */
const ASSIGNMENT =
  /(?:passw(?:or)?d|passphrase|secret|token|credentials?|(?:api|access|account|private|secret|auth|signing|encryption|admin|app|service)[ _.-]?key)\w{0,3}\\?["'`]?\]?\s{0,4}(?:[:=]|:=|=>)\s{0,4}(?<quote>\\?["'`])?/gi;

/** The rest of a value that stands in no quotation marks, and of one in each kind of them. */
const BARE = /[^\s"'`\\<>(){}[\],;&|]{8,4000}/y;
const QUOTED: Readonly<Record<string, RegExp>> = {
  '"': /[^"\s]{8,4000}(?=")/y,
  "'": /[^'\s]{8,4000}(?=')/y,
  "`": /[^`\s]{8,4000}(?=`)/y,
};

/** What a program puts a value in the place of. */
const TEMPLATE = /^\$|\$\{|\$\(|\{\{|^<.*>$|^%\w+%$/;

/** How far back a key goes. */
const LONGEST_KEY = 64;

/** A value of which a person can tell that it stands for another. */
const PLACEHOLDER =
  /(?<![A-Za-z0-9])(?:example|sample|your|change|changeme|replace|dummy|fake|placeholder|redacted|insert|todo|test|my)(?![A-Za-z0-9])|xxxx|\*\*\*|\.\.\.|…|^(?:1234567|abcdef)/i;

/** Where a secret lies in a text, and what kind it is. */
export interface FoundSecret {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Finds the secrets that keys tell of. */
export function* findAssigned(text: string): Generator<FoundSecret> {
  for (const match of text.matchAll(ASSIGNMENT)) {
    const start = match.index + match[0].length;
    const quote = match.groups?.["quote"];
    const rest = QUOTED[quote?.slice(-1) ?? ""] ?? BARE;
    rest.lastIndex = start;
    // The mark at the end is spelled as the one at the start: `\\"`.
    const value = rest.exec(text)?.[0].replace(/\\$/, "");
    if (value === undefined || PLACEHOLDER.test(value) || TEMPLATE.test(value)) continue;
    const key = readKey(text, match.index, match[0]);
    const rule = ASSIGNED_RULES.find((known) => known.key.test(key) && known.value.test(value));
    const name = rule?.name ?? judge(key, value, quote !== undefined);
    if (name !== undefined) yield { name, start, end: start + value.length };
  }
}

/** The whole key, in small letters and without what parts its words. */
function readKey(text: string, at: number, match: string): string {
  const before = /[\w.-]*$/.exec(text.slice(Math.max(0, at - LONGEST_KEY), at))?.[0] ?? "";
  const own = /^[\w .-]*/.exec(match)?.[0] ?? "";
  return (before + own).toLowerCase().replace(/[ _.-]/g, "");
}

/** What a value of no known key is; undefined when it is likely none that is secret. */
function judge(key: string, value: string, isQuoted: boolean): string | undefined {
  if (isName(value)) return undefined;
  if (/passw(?:or)?d|passphrase/.test(key)) {
    return value.length <= 256 && countClasses(value) >= 3 ? "password" : undefined;
  }
  const isLong = value.length >= (isQuoted ? 16 : 20);
  // Some part of it has to be random: `kites_v2_token` is none.
  const isRandom = measureEntropy(value) >= 3.5 &&
    value.split(/[^A-Za-z0-9]+/).some((part) => /^(?=.*\d)(?=.*[A-Za-z]).{8,}/.test(part));
  return isLong && isRandom ? "assigned-secret" : undefined;
}

/** Whether it names something: a path, a URL, a member of an object, a UUID. */
function isName(value: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ||
    /^[/.~]|:\/\/|\/$|^[A-Za-z]:/.test(value) || /^[A-Za-z_]\w*(?:\??\.[A-Za-z_]\w*)+$/.test(value);
}

function countClasses(value: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((letters) => letters.test(value)).length;
}

/** Bits for each letter, by how often each occurs in it (Shannon). */
function measureEntropy(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count / text.length * Math.log2(count / text.length);
  return bits;
}
