// One hidden file field a room, so that a key can open it as well as the button.

const fields = new Map<number, HTMLInputElement>();

/** The field of a room says that it is there; the answer takes it away. */
export function registerPicker(roomId: number, field: HTMLInputElement): () => void {
  fields.set(roomId, field);
  return () => {
    if (fields.get(roomId) === field) fields.delete(roomId);
  };
}

/** Asks for files to attach. Works only in answer to a key or click. */
export function openFilePicker(roomId: number): void {
  fields.get(roomId)?.click();
}
