import { type PayloadAction, createSlice } from '@reduxjs/toolkit';

import { signedOut } from '@/features/account/slice';
import type { Tone } from '@/features/emoji/data';
import { type DeviceSettings, loadDeviceSettings } from '@/lib/device';

/** What a person set for one room; it follows them to other devices. */
export interface RoomSettings {
  pinned?: boolean;
  /** Milliseconds; `Infinity` does not survive JSON, so for ever is `FOR_EVER`. */
  mutedUntil?: number;
  /** seq from which on the room counts as unread, by hand. */
  unreadFrom?: number;
}

/** What a person set for themselves; it follows them to other devices. */
export interface PersonalSettings {
  /** Whether the user sees who has read. What they have read themselves is known to others either way. */
  showReceipts: boolean;
  enterSends: boolean;
  singleKeys: boolean;
  recentEmoji: string[];
  emojiTone?: 'none' | Tone;
}

export const FOR_EVER = 8_640_000_000_000_000;

export const PERSONAL_DEFAULTS: PersonalSettings = {
  showReceipts: true,
  enterSends: true,
  singleKeys: true,
  recentEmoji: ['👍', '❤️', '😂'],
};

interface SettingsState {
  device: DeviceSettings;
  personal: PersonalSettings;
  rooms: Record<number, RoomSettings>;
}

const initialState = (): SettingsState => ({
  device: loadDeviceSettings(),
  personal: PERSONAL_DEFAULTS,
  rooms: {},
});

export const settings = createSlice({
  name: 'settings',
  initialState,
  reducers: {
    deviceChanged(state, { payload }: PayloadAction<Partial<DeviceSettings>>) {
      Object.assign(state.device, payload);
    },
    personalChanged(state, { payload }: PayloadAction<Partial<PersonalSettings>>) {
      Object.assign(state.personal, payload);
    },
    roomSettingsChanged(state, { payload }: PayloadAction<{ roomId: number; change: RoomSettings }>) {
      state.rooms[payload.roomId] = { ...state.rooms[payload.roomId], ...payload.change };
    },
    /** Settings of another device, whole: what is not in them is not set. */
    roomSettingsReplaced(state, { payload }: PayloadAction<{ roomId: number; settings: RoomSettings }>) {
      state.rooms[payload.roomId] = payload.settings;
    },
  },
  extraReducers: (build) =>
    // The device stays as it is; what somebody set for themselves goes with them.
    build.addCase(signedOut, (state) => {
      state.personal = PERSONAL_DEFAULTS;
      state.rooms = {};
    }),
  selectors: {
    selectDevice: (state) => state.device,
    selectPersonal: (state) => state.personal,
    selectAllRoomSettings: (state) => state.rooms,
    selectRoomSettings: (state, roomId: number) => state.rooms[roomId] ?? NOTHING,
  },
});

const NOTHING: RoomSettings = {};

export const { deviceChanged, personalChanged, roomSettingsChanged, roomSettingsReplaced } = settings.actions;
export const { selectDevice, selectPersonal, selectAllRoomSettings, selectRoomSettings } = settings.selectors;

/** True while a room makes no noise. */
export function isMuted(room: RoomSettings, now = Date.now()): boolean {
  return (room.mutedUntil ?? 0) > now;
}
