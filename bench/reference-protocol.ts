// What the bare reference and its clients say to each other.
export interface ReferenceMessage {
  content: string;
  echo_id: string;
}
