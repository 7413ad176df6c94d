type Region = (text: string) => void;

let region: Region | undefined;

/** The one live region of the page says that it is there. */
export function setLiveRegion(next: Region | undefined): void {
  region = next;
}

/** Puts a text where screen readers notice it. */
export function sayInRegion(text: string): void {
  region?.(text);
}
