/** Keys of where code lies and is built, and of packages. */

import { ALNUM, HEX, key, LOWER, type SecretRule, WORD } from "./secret_shapes.ts";

/** Keys of forges, registries and builders. */
export function codeRules(): readonly SecretRule[] {
  const gitlab = "https://docs.gitlab.com/security/tokens/";
  return [
    key("github-token", "ghp_", `${ALNUM}{36,255}`),
    key("github-oauth-token", "gho_", `${ALNUM}{36,255}`),
    key("github-user-token", "ghu_", `${ALNUM}{36,255}`),
    key("github-app-token", "ghs_", `[A-Za-z0-9_.-]{36,}`),
    key("github-refresh-token", "ghr_", `${ALNUM}{36,255}`),
    key("github-fine-token", "github_pat_", `${ALNUM}{22}_${ALNUM}{59}`),
    key("gitlab-token", "glpat-", "[A-Za-z0-9_.-]{20,}", gitlab),
    key("gitlab-deploy-token", "gldt-", `${WORD}{20,}`, gitlab),
    key("gitlab-runner-token", "glrt-", "[A-Za-z0-9_.-]{20,}", gitlab),
    key("gitlab-job-token", "glcbt-", `${WORD}{20,}`, gitlab),
    key("gitlab-trigger-token", "glptt-", `${WORD}{20,}`, gitlab),
    key("gitlab-feed-token", "glft-", `${WORD}{20,}`, gitlab),
    key("gitlab-mail-token", "glimt-", `${WORD}{20,}`, gitlab),
    key("gitlab-agent-token", "glagent-", `${WORD}{40,}`, gitlab),
    key("gitlab-app-secret", "gloas-", `${HEX}{64}`, gitlab),
    key("gitlab-scim-token", "glsoat-", `${WORD}{20,}`, gitlab),
    key("gitlab-runner-registration", "GR1348941", `${WORD}{20,}`, gitlab),
    key("bitbucket-app-password", "ATBB", `${ALNUM}{32}`),
    key("bitbucket-access-token", "ATCTT3xFfGN0", "[A-Za-z0-9_=-]{60,}"),
    key("atlassian-api-token", "ATATT3xFfGF0", "[A-Za-z0-9_=-]{100,}"),
    key("npm-token", "npm_", `${ALNUM}{36}`),
    key("pypi-token", "pypi-AgEIcHlwaS5vcmc", `${WORD}{50,}`),
    key("pypi-test-token", "pypi-AgENdGVzdC5weXBpLm9yZw", `${WORD}{50,}`),
    key("rubygems-key", "rubygems_", `${HEX}{48}`),
    key("crates-token", "cio", `${ALNUM}{32}`),
    key("nuget-key", "oy2", `${LOWER}{43}`),
    key("clojars-token", "CLOJARS_", `${LOWER}{60}`),
    key("hex-key", "hexpm_", `${ALNUM}{32,}`),
    key("docker-token", "dckr_pat_", `${WORD}{27}`),
    key("docker-org-token", "dckr_oat_", `${WORD}{32}`),
    key("artifactory-key", "AKCp", `${ALNUM}{65,75}`),
    key("artifactory-reference-token", "cmVmdGtu", `${ALNUM}{56}`),
    key("circleci-token", "CCIPAT_", `${ALNUM}{22}_${HEX}{40}`),
    key("buildkite-token", "bkua_", `${HEX}{40}`),
    key("sonar-token", "sqp_", `${HEX}{40}`),
    key("sonar-user-token", "squ_", `${HEX}{40}`),
    key("sonar-analysis-token", "sqa_", `${HEX}{40}`),
    key("sourcegraph-token", "sgp_", `(?:(?:${HEX}{16}|local)_)?${HEX}{40}`),
    key("prefect-key", "pnu_", `${LOWER}{36}`),
    key("postman-key", "PMAK-", `${HEX}{24}-${HEX}{34}`),
    key("readme-key", "rdme_", `${LOWER}{70}`),
    key(
      "doppler-token",
      "dp.",
      `(?:pt|st|ct|sa|scim|audit)\\.(?:[a-z0-9_-]{2,35}\\.)?${ALNUM}{40,44}`,
    ),
    key("onepassword-token", "ops_eyJ", "[A-Za-z0-9+/_-]{250,}={0,2}"),
    key("harness-token", "pat.", `${WORD}{22}\\.${ALNUM}{24}\\.${ALNUM}{20}`),
  ];
}
