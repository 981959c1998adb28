/** Secrets that files hold in forms of their own, and those that protocols carry. */

import { key, type SecretRule } from "./secret_shapes.ts";

/** Secrets in files of known forms. */
export function keyFileRules(): readonly SecretRule[] {
  return [
    {
      name: "private-key",
      hints: ["PRIVATE KEY"],
      within: "text",
      // Whatever a tool put between its lines; the end may be cut off, and then it has to look like one.
      pattern:
        /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:(?=[^]{0,400}?[A-Za-z0-9+/]{30})[^]{0,20000}?-----END (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----|[A-Za-z0-9+/=\s\\|:,.>\u2192-]{60,20000})/g,
      source: "https://www.rfc-editor.org/rfc/rfc7468",
    },
    {
      name: "putty-key",
      hints: ["PuTTY-User-Key-File"],
      within: "text",
      pattern: /PuTTY-User-Key-File-\d:[^]{20,20000}?Private-MAC: [0-9a-f]{40,64}/g,
      source: "https://tartarus.org/~simon/putty-snapshots/htmldoc/AppendixC.html",
    },
    key(
      "age-secret-key",
      "AGE-SECRET-KEY-1",
      "[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}",
      "https://age-encryption.org/v1",
    ),
    {
      name: "jwt",
      hints: ["eyJ"],
      within: "word",
      pattern:
        /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}(?![A-Za-z0-9_-])/g,
      source: "https://www.rfc-editor.org/rfc/rfc7519",
    },
    {
      name: "kubernetes-key-data",
      hints: ["client-key-data"],
      within: "sign",
      pattern: /(?<=client-key-data\\?["']?):\s{0,4}\\?["']?(?<secret>[A-Za-z0-9+/]{100,}={0,2})/dy,
      source: "https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/",
    },
    {
      name: "docker-auth",
      hints: ["auth"],
      within: "sign",
      pattern: /(?<="auth\\?"\s*):\s*\\?"(?<secret>[A-Za-z0-9+/]{12,}={0,2})/dy,
      source: "https://docs.docker.com/reference/cli/docker/login/",
    },
    {
      name: "netrc-password",
      hints: ["machine"],
      within: "text",
      pattern:
        /\bmachine\s+\S{1,100}\s+login\s+\S{1,100}\s+password\s+(?<secret>[^\s"'\\]{4,200})/dg,
      source: "https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html",
    },
    {
      name: "npmrc-auth",
      hints: [":_auth", ":_password"],
      within: "word",
      pattern: /:_(?:authToken|auth|password)=(?<secret>[A-Za-z0-9+/=_-]{16,})/dg,
      source: "https://docs.npmjs.com/cli/v11/configuring-npm/npmrc",
    },
  ];
}

/** Secrets in URLs and headers. */
export function protocolRules(): readonly SecretRule[] {
  return [
    {
      name: "url-password",
      hints: [],
      within: "sign",
      // Up to the last `@` before a slash: a password may hold one.
      pattern:
        /(?<=[a-z][a-z0-9+.-]{1,20}):\/\/[^\s:/?#@"'<>\\({]{0,100}:(?!\$[{(]|\{\{|<)(?<secret>[^\s/"'`<>\\]{3,200})@[A-Za-z0-9.[-]/diy,
      source: "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1",
    },
    {
      name: "url-key",
      hints: [],
      within: "sign",
      pattern:
        /(?<=https):\/\/(?<secret>[0-9a-f]{32})@[a-z0-9.]*(?:sentry\.io|ingest\.[a-z0-9.]+)/dy,
      source: "https://docs.sentry.io/concepts/key-terms/dsn-explainer/",
    },
    {
      name: "bearer-token",
      hints: [],
      within: "word",
      least: 24,
      pattern: /(?<=\bbearer\s{1,3})[A-Za-z0-9._~+/-]{24,}={0,2}/iy,
      source: "https://www.rfc-editor.org/rfc/rfc6750",
    },
    {
      name: "basic-authorization",
      hints: ["authorization"],
      within: "sign",
      pattern:
        /(?<=authorization\\?["']?\s{0,3})[:=]\s{0,3}\\?["']?basic\s{1,3}(?<secret>[A-Za-z0-9+/]{8,}={0,2})/diy,
      source: "https://www.rfc-editor.org/rfc/rfc7617",
    },
  ];
}
