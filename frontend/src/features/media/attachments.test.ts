import { afterEach, describe, expect, it, vi } from 'vitest';

import {
  TRAY_MAX,
  UPLOAD_MAX,
  addFiles,
  dismissRefusals,
  forgetAttachments,
  moveAttachment,
  removeAttachment,
  setAsFile,
  setCaption,
  takeAttachments,
  trayOf,
} from './attachments';

const measured = vi.hoisted(() => ({ measure: vi.fn(() => Promise.resolve({ width: 4000, height: 3000 })) }));
const shrunk = vi.hoisted(() => ({
  shrink: vi.fn((file: File) =>
    Promise.resolve({ file: new File(['s'], file.name, { type: file.type }), width: 2560, height: 1920 }),
  ),
}));
vi.mock('./probe', () => measured);
vi.mock('./shrink', () => shrunk);

const ROOM = 1;
const text = (name: string) => new File(['words'], name, { type: 'text/plain' });
const names = () => trayOf(ROOM).items.map(({ file }) => file.name);
const idOf = (name: string) => trayOf(ROOM).items.find(({ file }) => file.name === name)?.id ?? '';

function sized(name: string, size: number): File {
  const file = text(name);
  Object.defineProperty(file, 'size', { value: size });
  return file;
}

afterEach(forgetAttachments);

describe('a tray', () => {
  it('keeps files by room and in order', () => {
    addFiles(ROOM, [text('a'), text('b')]);
    addFiles(2, [text('c')]);
    expect(names()).toEqual(['a', 'b']);
    expect(trayOf(2).items).toHaveLength(1);
  });

  it('refuses empty and too large files at once, and says which', () => {
    addFiles(ROOM, [sized('empty', 0), sized('film', UPLOAD_MAX + 1), sized('just right', UPLOAD_MAX)]);
    expect(names()).toEqual(['just right']);
    expect(trayOf(ROOM).refused).toEqual([
      { name: 'empty', reason: 'empty' },
      { name: 'film', reason: 'large' },
    ]);
    dismissRefusals(ROOM);
    expect(trayOf(ROOM).refused).toEqual([]);
  });

  it('refuses more than go at once', () => {
    addFiles(
      ROOM,
      Array.from({ length: TRAY_MAX + 1 }, (_, index) => text(`${index}`)),
    );
    expect(trayOf(ROOM).items).toHaveLength(TRAY_MAX);
    expect(trayOf(ROOM).refused).toEqual([{ name: `${TRAY_MAX}`, reason: 'many' }]);
  });

  it('changes the order, also beyond the ends', () => {
    addFiles(ROOM, [text('a'), text('b'), text('c')]);
    moveAttachment(ROOM, idOf('c'), 0);
    expect(names()).toEqual(['c', 'a', 'b']);
    moveAttachment(ROOM, idOf('c'), -1);
    expect(names()).toEqual(['c', 'a', 'b']);
    moveAttachment(ROOM, idOf('c'), 9);
    expect(names()).toEqual(['a', 'b', 'c']);
  });

  it('forgets what is removed', () => {
    addFiles(ROOM, [text('a'), text('b')]);
    removeAttachment(ROOM, idOf('a'));
    expect(names()).toEqual(['b']);
  });

  it('is empty after it was taken, and gives drafts with captions', () => {
    addFiles(ROOM, [text('a'), new File(['x'], 'b')]);
    setCaption(ROOM, idOf('a'), '  Look ');
    const drafts = takeAttachments(ROOM);
    expect(drafts).toMatchObject([
      { kind: 'media', name: 'a', mime: 'text/plain', caption: 'Look' },
      { kind: 'media', name: 'b', mime: 'application/octet-stream', caption: undefined },
    ]);
    expect(trayOf(ROOM).items).toEqual([]);
  });

  it('sends large pictures smaller, unless they are to go as they are', async () => {
    const photo = new File(['photo'], 'p.jpg', { type: 'image/jpeg' });
    addFiles(ROOM, [photo]);
    await vi.waitFor(() => expect(trayOf(ROOM).items[0]?.smaller).toBeDefined());
    setAsFile(ROOM, idOf('p.jpg'), true);
    expect(takeAttachments(ROOM)).toMatchObject([{ file: photo, width: 4000, height: 3000 }]);

    addFiles(ROOM, [photo]);
    await vi.waitFor(() => expect(trayOf(ROOM).items[0]?.smaller).toBeDefined());
    expect(takeAttachments(ROOM)).toMatchObject([{ width: 2560, height: 1920 }]);
  });
});
