/** Where somebody was in a room: a message, and how far its top stood below the view's, in pixels. */
export interface Place {
  seq: number;
  offset: number;
}

const places = new Map<number, Place>();

/** The reading position of this visit; null is the bottom. */
export const scrollMemory = {
  get: (roomId: number) => places.get(roomId) ?? null,
  set: (roomId: number, place: Place | null) => {
    if (place) places.set(roomId, place);
    else places.delete(roomId);
  },
};
