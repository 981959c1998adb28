/** All rules by which secrets are told by their shapes; a new one goes into one of these files. */

import type { SecretRule } from "./secret_shapes.ts";
import { cloudRules } from "./secrets_cloud.ts";
import { codeRules } from "./secrets_code.ts";
import { keyFileRules, protocolRules } from "./secrets_file.ts";
import { modelRules } from "./secrets_model.ts";
import { serviceRules } from "./secrets_service.ts";

/** Makes all rules; they are wanted seldom, and take a part of a millisecond. */
export function makeSecretRules(): readonly SecretRule[] {
  return [
    ...cloudRules(),
    ...codeRules(),
    ...modelRules(),
    ...serviceRules(),
    ...keyFileRules(),
    ...protocolRules(),
  ];
}
