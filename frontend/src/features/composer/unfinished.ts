// What somebody was writing when their session ended without a wish of their own. It waits in this browser
// for the same person; to anybody else it is lost.
import type { AppStore, RootState } from '@/app/store';
import { openTable } from '@/lib/table';
import { type Draft, draftReceived } from './drafts-slice';

interface Unfinished {
  userId: number;
  drafts: Record<number, Draft>;
}

const table = openTable<Unfinished>('banter-unfinished', 'drafts');

/** Puts the drafts of a state aside. */
export async function keepUnfinished({ session, drafts }: RootState): Promise<void> {
  if (!session.me || Object.keys(drafts.byRoom).length === 0) return;
  await table.put('last', { userId: session.me.id, drafts: drafts.byRoom });
}

/** Gives drafts back to who wrote them. */
export async function restoreUnfinished(store: AppStore, userId: number): Promise<void> {
  const kept = await table.get('last');
  if (!kept) return;
  if (kept.userId === userId) {
    for (const [id, draft] of Object.entries(kept.drafts)) {
      store.dispatch(draftReceived({ roomId: Number(id), draft, at: draft.updatedAt }));
    }
  }
  await table.remove('last');
}
