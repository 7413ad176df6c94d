// Loading history into timelines. One request a place at a time.
import { api } from '@/api/client';
import { failureOf } from '@/api/queries';
import type { AppThunk } from '@/app/store';
import { peopleOfMessages, usersMet } from '@/features/people/slice';
import { segmentAt } from './segments';
import { anchored, pageLoaded, selectTimeline } from './slice';

const PAGE = 50;

type Place = { beforeSeq: number } | { afterSeq: number } | { aroundSeq: number } | Record<string, never>;

const underWay = new Map<string, Promise<boolean>>();

/** Loads a page, once however often it is asked for meanwhile; answers false when there is no network. */
function load(roomId: number, place: Place): AppThunk<Promise<boolean>> {
  return (dispatch) => {
    const key = `${roomId} ${JSON.stringify(place)}`;
    const loading = underWay.get(key) ?? dispatch(ask(roomId, place)).finally(() => underWay.delete(key));
    underWay.set(key, loading);
    return loading;
  };
}

function ask(roomId: number, place: Place): AppThunk<Promise<boolean>> {
  return async (dispatch) => {
    try {
      const messages = await api.history({ id: roomId, limit: PAGE, ...place });
      dispatch(usersMet(peopleOfMessages(messages)));
      dispatch(pageLoaded({ roomId, messages, newest: Object.keys(place).length === 0 }));
      return true;
    } catch (error) {
      if (failureOf(error).code !== 0) throw error;
      return false;
    }
  };
}

/** The newest messages, unless they are there. */
function loadNewest(roomId: number): AppThunk<Promise<boolean>> {
  return async (dispatch, getState) => {
    if (selectTimeline(getState(), roomId)?.isLoaded) return true;
    return dispatch(load(roomId, {}));
  };
}

/** Makes the timeline show a message, and loads what stands around it if need be. */
export function goTo(roomId: number, seq: number): AppThunk<Promise<boolean>> {
  return async (dispatch, getState) => {
    if (!selectTimeline(getState(), roomId)?.bySeq[seq]) {
      const isThere = await dispatch(load(roomId, { aroundSeq: seq }));
      if (!isThere) return false;
    }
    dispatch(anchored({ roomId, seq }));
    return Boolean(selectTimeline(getState(), roomId)?.bySeq[seq]);
  };
}

/** Shows the newest messages. */
export function goToNewest(roomId: number): AppThunk<Promise<boolean>> {
  return async (dispatch) => {
    const isThere = await dispatch(loadNewest(roomId));
    if (isThere) dispatch(anchored({ roomId, seq: null }));
    return isThere;
  };
}

/** Loads what stands before the shown segment. */
export function loadOlder(roomId: number): AppThunk<Promise<boolean>> {
  return async (dispatch, getState) => {
    const timeline = selectTimeline(getState(), roomId);
    if (!timeline) return false;
    const [start] = segmentAt(timeline.seqs, timeline.anchor);
    const first = timeline.seqs[start] ?? 1;
    return first > 1 ? dispatch(load(roomId, { beforeSeq: first })) : false;
  };
}

/** Loads what stands behind the shown segment. */
export function loadNewer(roomId: number): AppThunk<Promise<boolean>> {
  return async (dispatch, getState) => {
    const timeline = selectTimeline(getState(), roomId);
    if (!timeline) return false;
    const [, end] = segmentAt(timeline.seqs, timeline.anchor);
    return dispatch(load(roomId, { afterSeq: timeline.seqs[end - 1] ?? 0 }));
  };
}
