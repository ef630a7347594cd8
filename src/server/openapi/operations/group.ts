// The form of what operations are called.

/** Its summary, from which its operationId is made; its row in seed 003, if it has one; what else to know. */
export type OperationText = readonly [summary: string, row?: number | undefined, more?: string];

export interface OperationGroup {
  /** The heading in the reference. */
  tag: string;
  about: string;
  /** By method and pattern, as the route declares them. */
  operations: Record<string, OperationText>;
}
