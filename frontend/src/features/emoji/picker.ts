export interface EmojiRequest {
  /** Opens beside this element, to which focus goes back. */
  anchor: HTMLElement;
  onPick: (emoji: string) => void;
  /** Its name for screen readers. */
  label: string;
}

type Host = (request: EmojiRequest) => void;

let host: Host | undefined;

/** The one picker of the page says that it is there. */
export function setEmojiHost(next: Host | undefined): void {
  host = next;
}

/** Opens the emoji picker. There is one for the whole page. */
export function openEmojiPicker(request: EmojiRequest): void {
  host?.(request);
}
