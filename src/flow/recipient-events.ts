import type { ConsentGivenEvent, FileClaimedEvent } from '../events.ts';

/** What the recipient flow tells, by name; the element dispatches them again as its public events. */
export interface RecipientFlowEvents {
  given: ConsentGivenEvent['detail'];
  declined: ConsentGivenEvent['detail'];
  withdrawn: ConsentGivenEvent['detail'];
  /** A file arrived, its checksum fits, and it was handed to the downloads. */
  claimed: FileClaimedEvent['detail'];
}
