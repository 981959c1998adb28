/**
 * Secrets that nothing tells for such but the names of the keys that they are assigned to:
 * `AWS_SECRET_ACCESS_KEY=…`. Such a key tells what its value has to look like.
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
