// What each REST operation is called in the API's description: one line each, in operations/.
import type { OperationGroup } from "./operations/group.ts";
import { administrationOperations } from "./operations/administration.ts";
import { connectionOperations } from "./operations/connections.ts";
import { visitorOperations } from "./operations/visitors.ts";
import { workOperations } from "./operations/work.ts";

/** In the order of the reference. */
export const operationGroups: OperationGroup[] = [
  ...workOperations,
  ...administrationOperations,
  ...connectionOperations,
  ...visitorOperations,
];
