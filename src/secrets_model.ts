/** Keys of those who run language models and what belongs to them. */

import {
  ALNUM,
  GITHUB_SCANNING,
  HEX,
  key,
  keyAround,
  LOWER,
  type SecretRule,
  WORD,
} from "./secret_shapes.ts";

/** Keys of models. */
export function modelRules(): readonly SecretRule[] {
  return [
    key("anthropic-key", "sk-ant-", `(?:api|admin|oat|ort|sid)\\d\\d-${WORD}{60,}`),
    key("openai-key", "sk-", `(?:proj|svcacct|admin|service)-${WORD}{40,}`),
    keyAround("openai-old-key", "sk-[A-Za-z0-9]{20}", "T3BlbkFJ", `${ALNUM}{20}`, GITHUB_SCANNING),
    key("openrouter-key", "sk-or-v1-", `${HEX}{64}`),
    key("deepseek-key", "sk-", `${HEX}{32}`),
    key("stability-key", "sk-", `(?!${ALNUM}{20}T3BlbkFJ)${ALNUM}{48}`),
    key("groq-key", "gsk_", `${ALNUM}{52}`),
    key("xai-key", "xai-", `${ALNUM}{80}`),
    key("perplexity-key", "pplx-", `${ALNUM}{48}`),
    key("replicate-token", "r8_", `${ALNUM}{37}`),
    key("huggingface-token", "hf_", "[A-Za-z]{34}"),
    key("huggingface-org-token", "api_org_", "[A-Za-z]{34}"),
    key("nvidia-key", "nvapi-", `${WORD}{64}`),
    key("cerebras-key", "csk-", `${LOWER}{48}`),
    key("together-key", "tgp_v1_", `${WORD}{43}`),
    key("elevenlabs-key", "sk_", `${HEX}{48}`),
    key("langsmith-key", "lsv2_", `(?:pt|sk)_${HEX}{32}_${HEX}{10}`),
    key("pinecone-key", "pcsk_", `${ALNUM}{4,6}_${ALNUM}{60,}`),
    key("tavily-key", "tvly-", `(?:dev-|prod-)?${ALNUM}{32}`),
    key("jina-key", "jina_", `${HEX}{32}${WORD}{28}`),
    key("firecrawl-key", "fc-", `${HEX}{32}`),
    key("voyage-key", "pa-", `${WORD}{43}`),
    key(
      "braintrust-key",
      "sk-bt-",
      `${ALNUM}{20,}`,
      "https://www.braintrust.dev/docs/reference/api",
    ),
  ];
}
